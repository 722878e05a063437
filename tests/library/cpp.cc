// cpp.cc - a C++ program that trains, saves, loads and predicts by an emitted library: library_test.sh compiles it.
#include "mlp.h"

#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

int main()
{
    constexpr int pixels = 28 * 28, steps = 30;
    std::vector<float> image(MLP_BATCH * pixels);
    std::vector<int32_t> label(MLP_BATCH);
    for (int i = 0; i < MLP_BATCH; i++) {
        label[i] = i % 10;
        for (int p = 0; p < 28; p++) image[i * pixels + 28 * 2 * label[i] + p] = 1;
    }
    static MlpWork work;
    auto run = std::make_unique<Mlp>(), copy = std::make_unique<Mlp>();
    auto said = std::make_unique<MlpPredictResult>();
    MlpBatch batch = {};
    MlpTrainResult result;
    batch.n = MLP_BATCH;
    batch.image = reinterpret_cast<const float (*)[28][28][1]>(image.data());
    batch.label = label.data();
    mlp_init(run.get(), 1, steps);
    float first = 0;
    for (int step = 0; step < steps; step++) {
        const MlpStatus status = mlp_step(run.get(), &work, 1, &batch, &result);
        if (status != MLP_OK) return std::fprintf(stderr, "step %d: %s\n", step, mlp_status_text(status)), 1;
        if (step == 0) first = result.loss;
    }
    std::vector<char> bytes(mlp_save(run.get(), nullptr, 0));
    if (mlp_save(run.get(), bytes.data(), bytes.size()) != bytes.size()) return std::fprintf(stderr, "save\n"), 1;
    mlp_init(copy.get(), 2, 1);
    if (mlp_load(copy.get(), bytes.data(), bytes.size()) != MLP_OK || std::memcmp(run.get(), copy.get(), sizeof *run))
        return std::fprintf(stderr, "what is loaded differs from what was saved\n"), 1;
    int right = 0;
    batch.label = nullptr;                                // predictions do not read it
    if (mlp_predict(copy.get(), &work, 1, &batch, said.get()) != MLP_OK) return std::fprintf(stderr, "predict\n"), 1;
    for (int i = 0; i < MLP_BATCH; i++) {
        int best = 0;
        for (int k = 1; k < 10; k++)
            if (said->logits[i][k] > said->logits[i][best]) best = k;
        right += best == label[i];
    }
    if (right != MLP_BATCH || !(result.loss < first / 4))
        return std::fprintf(stderr, "%d of %d right, loss %g from %g\n", right, +MLP_BATCH, result.loss, first), 1;
    return 0;
}
