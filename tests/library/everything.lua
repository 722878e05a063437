-- tests/library/everything.lua   what a run can consist of, small: statistics of batches, the mean images of classes,
-- random draws, averages, moments, clipping, a schedule with a warm-up, outputs beside logits
image    = input { 28, 28, 1 }
label    = labels(10)
features = relu(batch_norm(conv2d(avg_pool(image, 4), 8, { name = "conv" }), { name = "bn" }))
logits   = linear(flatten(dropout(features, 0.2)), 10, { name = "fc" })
map      = grad_cam(pick(logits, label), features, { normalize = "max" })

wrong    = cross_entropy(logits, label)
gain     = param({}, { name = "gain" })                 -- one number, whose gradient is a metric too
slope    = sqrt(wrong) + 2

minimize(wrong + gain * slope + ramp(0, 0.1, { stop = 0.5 }) * prototype(map, label, { distance = "l1" }))
metric("slope", slope)
metric("accuracy", equal(argmax(logits), label))
output("class", argmax(logits))

train { data = "digits", batch = 64, epochs = 2, seed = 1, clip = 0.5, ema = 0.99,
        optimizer = adam { lr = 3e-3 }, schedule = cosine { warmup = 0.1, final = 0.1 } }
