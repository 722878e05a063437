#ifndef SC
#define SC
#include "rt_matmul.h"
typedef struct RtConv { int h, w, ci, oh, ow, co, kh, kw, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups; } RtConv;
static inline int64_t rt_conv2d_packed_floats(RtConv c){return (int64_t)c.co*(c.ci/c.groups)*c.kh*c.kw;}
static inline int64_t rt_conv2d_grad_input_packed_floats(RtConv c){return rt_conv2d_packed_floats(c);}
static inline int64_t rt_conv2d_sum_floats(RtConv c){return rt_conv2d_packed_floats(c);}
static inline int64_t rt_conv2d_scratch_floats(RtConv c){(void)c;return 16;}
static inline void rt_conv2d_pack(RtConv c,const float*w,float*p){memcpy(p,w,4*rt_conv2d_packed_floats(c));}
static inline void rt_conv2d_grad_input_pack(RtConv c,const float*w,float*p){memcpy(p,w,4*rt_conv2d_packed_floats(c));}
static inline void rt_conv2d_grad_weight_unpack(RtConv c,const float*w,float*p){memcpy(p,w,4*rt_conv2d_packed_floats(c));}
#define CL for(int b=0;b<n;b++)for(int oh=0;oh<c.oh;oh++)for(int ow=0;ow<c.ow;ow++)for(int o=0;o<c.co;o++)for(int i=0;i<c.ci/c.groups;i++)for(int kh=0;kh<c.kh;kh++)for(int kw=0;kw<c.kw;kw++){int y=oh*c.stride_h+kh*c.dilation_h-c.pad_h,x=ow*c.stride_w+kw*c.dilation_w-c.pad_w;if(y<0||y>=c.h||x<0||x>=c.w)continue;int g=o/(c.co/c.groups);long X=((long)(b*c.h+y)*c.w+x)*c.ci+g*(c.ci/c.groups)+i,Y=((long)(b*c.oh+oh)*c.ow+ow)*c.co+o,W=((o*(c.ci/c.groups)+i)*c.kh+kh)*c.kw+kw;
static inline void rt_conv2d(RtConv c,int n,const float*in,const float*w,float*out,float*s,RtEpilogue*e,void*ct){(void)s;(void)e;(void)ct;memset(out,0,4l*n*c.oh*c.ow*c.co);CL out[Y]+=in[X]*w[W];}}
static inline void rt_conv2d_grad_input(RtConv c,int n,const float*dy,const float*w,float*dx,float*s,RtEpilogue*e,void*ct){(void)s;(void)e;(void)ct;memset(dx,0,4l*n*c.h*c.w*c.ci);CL dx[X]+=dy[Y]*w[W];}}
static inline void rt_conv2d_grad_weight(RtConv c,int n,const float*in,const float*dy,float*sum,float*s){(void)s;CL sum[W]+=in[X]*dy[Y];}}
#endif
