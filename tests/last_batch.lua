-- last_batch.lua   values that couple the samples of a batch, for test_last_batch.c:
-- each metric depends on how many there are
image = input { 6, 6, 2 }
other = input { 6, 6, 2 }
label = labels(4)
features = relu(conv2d(image, 5))
z = 3 * linear(flatten(features), 6)
z2 = tanh(linear(flatten(relu(conv2d(other, 5))), 6))
logits = linear(tanh(z), 4)
local score, wrong = pick(logits, label), pick(logits, runner_up(logits, label))
map = grad_cam(score, features, { normalize = "max" })
map2 = layercam(wrong, features, { relu = false })
local outside = slice(other, "c", 1, 1)
minimize(cross_entropy(logits, label, { weight = { 0.2, 1, 2, 5 } }))

-- objectives
for _, t in ipairs { 0.1, 2 } do
    metric(string.format("sup_con_%g", t), sup_con(z2, label, { temperature = t }))
    metric(string.format("info_nce_%g", t), info_nce(z, z2, { temperature = t }))
    metric(string.format("cgc_%g", t), cgc(map, map2, { temperature = t }))
end
for _, kind in ipairs { "l1", "l2", "l2_squared", "ssim" } do
    metric("batch_cam_" .. kind, batch_cam(map, label, { distance = kind }))
    metric("batch_mean_" .. kind, batch_cam(map2, label, { distance = kind, target = "batch_mean" }))
    metric("reconstruction_" .. kind, reconstruction(map, image, { distance = kind }))
    metric("prototype_" .. kind, prototype(map, label, { distance = kind }))
end
metric("contrastive_pairs", contrastive_pairs(z, label, { margin = 4 }))
metric("triplet", triplet(z, label, { margin = 3 }))
metric("overlap", class_against_class(map, map2))
metric("rrr", rrr(logits, image, outside))
metric("rrr_g", rrr_g(map, outside))
metric("gain", gain(function(x) return linear(flatten(x), 4) end, image, map, label))

-- what reductions leave, as one number; the square tells rows from their sum
local function whole(name, x) metric(name, sum(x * x + 0.3 * x)) end
local function rows(name, x)              -- of [b, ...]: one number a sample
    local axes = {}
    for i = 1, #x.shape do axes[i] = i + 1 end
    metric(name, sum(x * x + 0.3 * x, axes, { keep = false }))
end

-- over the batch, with other axes and without
whole("sum", sum(z, "b"))
whole("mean", mean(features, "b"))
whole("max", max(z, "b"))
whole("min", min(z, "b"))
whole("norm", norm(z, "b"))
whole("logsumexp", logsumexp(z, "b"))
whole("sum_all", sum(features))
whole("mean_bh", mean(features, { "b", "h" }))
whole("max_all", max(-features - image.channels * outside))
whole("logsumexp_all", logsumexp(z))
whole("convolved", conv2d(mean(features, "b"), 2))
rows("linear", linear(features - mean(features, "b"), 2))
rows("softmax", softmax(z, "b"))
rows("log_softmax", log_softmax(z, "b"))
rows("share", features / sum(features, { "b", "h", "w" }))
rows("standardized", (z - mean(z, "b")) * rsqrt(mean((z - mean(z, "b")) ^ 2, "b") + 1e-3))
rows("largest", equal(z, max(z, "b")))
whole("argmax", less(argmax(z, "b"), 2))

-- pairs and products over the batch
local pairs = matmul(z2, z2, { transpose_b = true })
whole("pairs", pairs)
rows("pairs_sum", sum(pairs, 2))
rows("pairs_max", max(matmul(z, z2, { transpose_b = true }), 2))
rows("pairs_min", min(pairs, 2))
whole("pairs_logsumexp", logsumexp(pairs, 1))
rows("attention", matmul(softmax(pairs, 2), z))
rows("attention_back", matmul(softmax(pairs, 1), z, { transpose_a = true }))
whole("covariance", matmul(z, z2, { transpose_a = true }))
rows("projected", matmul(z, matmul(z, z2, { transpose_a = true })))
whole("transposed", logsumexp(permute(z, { 2, 1 }), 2))
whole("planes", matmul(permute(features, { 2, 3, 4, 1 }), permute(other, { 2, 3, 1, 4 })))
whole("rank_3", softmax(matmul(permute(features, { 4, 1, 2, 3 }), permute(features, { 4, 1, 2, 3 }),
                               { transpose_b = true }), 2))
rows("farthest", matmul(equal(pairs, min(pairs, 2)), z))
whole("argmin", less(argmax(-pairs, 1), 3))

-- classes
local counts, sums = sum(one_hot(label), "b"), scatter_add(z, label, 4, 1)
whole("counts", counts)
whole("sums", sums)
rows("class_means", gather(sums / clamp(permute(counts, { 2, 1 }), 0.5, nil), label, 1))

-- gradients of what couples
rows("d_logsumexp", grad(logsumexp(z, "b"), z))
rows("d_sup_con", grad(sup_con(z2, label), z2))
rows("d_triplet", grad(triplet(z, label), z))
rows("d_batch_cam", grad(batch_cam(map, label), features))
rows("d_cgc", grad(cgc(map, map2), image))
rows("d_loss", grad(cross_entropy(logits, label), z))
