option { width = 4, depth = 2, skip = true }
local net, about = use "parts/net.lua"
image = input { 12, 12, 1 }
label = labels(10)
features = net.features(image, about)
logits = net.head(features)
local again = use "./parts/../parts/net.lua"
assert(again == net)
minimize(cross_entropy(logits, label) + 0.1 * net.attention(logits, label, features))
metric("accuracy", equal(argmax(logits), label))
train { data = "digits", batch = 8, epochs = 1, optimizer = adamw { lr = 1e-3 } }
