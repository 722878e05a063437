#ifndef SM
#define SM
#include <stddef.h>
#include <stdint.h>
#include <string.h>
typedef void RtEpilogue(void*,int64_t,int,int,int);
static inline int64_t rt_packed_floats(int64_t k,int64_t n){return k*((n+31)/32*32);}
static inline void rt_pack(int K,int N,const float*w,ptrdiff_t ks,ptrdiff_t ns,float*p){for(int k=0;k<K;k++)for(int n=0;n<N;n++)p[k*N+n]=w[k*ks+n*ns];}
static inline void rt_matmul(int M,int N,int K,const float*x,int ldx,const float*p,float*y,int ldy,RtEpilogue*e,void*c){(void)e;(void)c;for(int m=0;m<M;m++){for(int n=0;n<N;n++)y[m*ldy+n]=0;for(int k=0;k<K;k++)for(int n=0;n<N;n++)y[m*ldy+n]=__builtin_fmaf(x[m*ldx+k],p[k*N+n],y[m*ldy+n]);}}
static inline void rt_matmul_tn(int M,int N,int K,const float*a,int lda,const float*b,int ldb,float*c,int ldc){for(int k=0;k<K;k++)for(int m=0;m<M;m++)for(int n=0;n<N;n++)c[m*ldc+n]=__builtin_fmaf(a[k*lda+m],b[k*ldb+n],c[m*ldc+n]);}
static inline void rt_transpose(int K,int M,const float*a,float*b){for(int k=0;k<K;k++)for(int m=0;m<M;m++)b[m*K+k]=a[k*M+m];}
#endif
