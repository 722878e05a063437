-- norms.lua   normalisations, poolings and activations that are one node of ONNX, and their gradients in a map
image = input{28,28,1}
label = labels(10)
features = relu(group_norm(conv2d(image,8,{name="c1"}),2,{name="gn"}))
local y = instance_norm(features * features,{name="in"})
y = max_pool(y,3,{stride=2,padding=1})
y = avg_pool(y,2,{stride=3,ceil=true})
y = clamp(y,0,6)
y = grn(y,{name="grn"})
y = gelu(y,"tanh")
logits = linear(relu(linear(flatten(y),16,{name="fc"})),10,{name="fc2"})
output("p", softmax(logits))
output("lp", log_softmax(logits))
output("map", grad_cam(pick(logits, argmax(logits)), features,{resize={28,28}}))
minimize(cross_entropy(logits,label))
train{data="digits",batch=32,epochs=1,optimizer=sgd{lr=0.01}}
