// The network of a run in a page: its module, what tests call (window.tailor), and what a reader sees.
"use strict";
(() => {
const byId = id => document.getElementById(id);
const facts = JSON.parse(byId("facts").textContent);

// ---- the module ----

async function unpack(id) {
    const text = atob(byId(id).textContent.trim()), bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}

// A module of one function: f32x4.relaxed_madd of the vectors at 0, 16 and 32, stored at 48.
const PROBE = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 9, 2, 1, 109, 2, 0, 1, 102, 0,
    0, 10, 31, 1, 29, 0, 65, 0, 65, 0, 253, 0, 4, 0, 65, 0, 253, 0, 4, 16, 65, 0, 253, 0, 4, 32, 253, 133, 2, 253, 11, 4,
    48, 11];

// Does the machine's instruction round once, in all four lanes?  Rounded twice, each of these sums is 0.
function fusesEverywhere() {
    const probe = new Uint8Array(PROBE);
    if (!WebAssembly.validate(probe)) return false;
    const {m, f} = new WebAssembly.Instance(new WebAssembly.Module(probe)).exports;
    const v = new Float32Array(m.buffer), e = 2 ** -12;
    for (let lane = 0; lane < 4; lane++) {
        const sign = lane % 2 ? -1 : 1, scale = 2 ** (lane - 2);
        v[lane] = sign * scale * (1 + e), v[4 + lane] = 1 + e, v[8 + lane] = -sign * scale * (1 + 2 * e);
    }
    f();
    return [0, 1, 2, 3].every(lane => v[12 + lane] === (lane % 2 ? -1 : 1) * 2 ** (lane - 2) * e * e);
}

// Each call of the function that multiplies and adds becomes the instruction, with three that do nothing behind it.
function useInstruction(bytes, places) {
    const view = new DataView(places.buffer);
    for (let i = 0; i < places.length; i += 4) bytes.set([0xfd, 0x85, 0x02, 1, 1, 1], view.getUint32(i, true));
}

let wasm, mode, weights;
const floats = (at, n) => new Float32Array(wasm.memory.buffer, at, n);
const pixels = facts.height * facts.width * facts.channels;

function text(at) {
    const bytes = new Uint8Array(wasm.memory.buffer, at);
    return new TextDecoder().decode(bytes.slice(0, bytes.indexOf(0)));
}

const failure = () => new Error(text(wasm.message()) || "the network could not be run");

async function open() {
    const [bytes, places, planes] = await Promise.all(["module", "calls", "weights"].map(unpack));
    mode = location.hash !== "#exact" && fusesEverywhere() ? "relaxed" : "exact";
    if (mode === "relaxed") useInstruction(bytes, places);
    wasm = (await WebAssembly.instantiate(bytes)).instance.exports;
    if (!wasm.open()) throw failure();
    // the first bytes of all weights stand first, then the second ones
    const n = planes.length / 4, whole = new Uint8Array(planes.length);
    for (let i = 0; i < n; i++)
        for (let k = 0; k < 4; k++) whole[4 * i + k] = planes[k * n + i];
    weights = new Float32Array(whole.buffer);
    floats(wasm.parameters(), facts.parameters).set(weights.subarray(0, facts.parameters));
    floats(wasm.state(), facts.states).set(weights.subarray(facts.parameters));
}

const ready = open();
const RUN = 0, TRAINED = 1;

function ask(image, whose) {
    floats(wasm.image(), pixels).set(image);
    if (!wasm.predict(whose)) throw failure();
}

// ---- training ----

// Lets the page draw and hear its reader.
const channel = new MessageChannel(), waiting = [];
channel.port1.onmessage = () => waiting.shift()();
const pause = () => new Promise(go => { waiting.push(go), channel.port2.postMessage(0); });

let session = 0;                                     // of the training that may go on
let trainedSteps = 0;                                // of the weights that there are; 0: there are none

// Trains from the start.  each(step, loss) is called after each step; false ends it.
async function train(steps, each) {
    const mine = ++session;
    trainedSteps = 0;
    if (facts.untrained) throw new Error(facts.untrained);
    if (!wasm.begin()) throw failure();
    for (let step = 1; step <= steps; step++) {
        await pause();
        if (mine !== session) throw new Error("another training has begun");
        if (!wasm.step()) throw failure();
        trainedSteps = step;
        if (each && each(step, wasm.loss()) === false) break;
    }
    return {loss: wasm.loss(), sha256: text(wasm.sha256())};
}

window.tailor = {
    ready: ready.then(() => {}),
    get mode() { return mode; },
    // of an image as the data set has it, height by width by channels from 0 to 1, by the weights of the run
    async logits(image) {
        await ready;
        if (image.length !== pixels) throw new Error(`${image.length} numbers, against ${pixels} of an image`);
        ask(image, RUN);
        return floats(wasm.scores(), facts.classes.length).slice();
    },
    // a * b + c of 4 n numbers, as the kernels multiply and add
    fma(a, b, c) {
        const n = a.length, at = wasm.allocate(16 * n);
        [a, b, c].forEach((from, i) => floats(at + 4 * n * i, n).set(from));
        wasm.fma(n, at, at + 4 * n, at + 8 * n, at + 12 * n);
        return floats(at + 12 * n, n).slice();
    },
    // a test image of the drawn digits, and its class
    digit(number) {
        const label = wasm.digit(number);
        return {image: floats(wasm.image(), pixels).slice(), label};
    },
    async train(steps) {
        await ready;
        return train(steps);
    },
};

// ---- the drawing ----

const board = byId("board"), height = facts.height, width = facts.width, channels = facts.channels;
const picture = new Float32Array(pixels), map = new Float32Array(height * width);
const unit = Math.max(height, width) / 28;            // pens are as wide as those of the digits, in images of any size
let whose = RUN, chosen = -1, empty = true, busy = false, due = false, cursor = null, down = false;

// Draws the path from a to b into the picture.
function stroke(a, b) {
    const reach = 1.15 * unit, dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) {
            const t = length ? Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / length)) : 0;
            const ink = Math.min(1, reach + 0.5 - Math.hypot(x - a.x - t * dx, y - a.y - t * dy));
            for (let c = 0, i = (y * width + x) * channels; c < channels && ink > 0; c++, i++)
                picture[i] = Math.max(picture[i], ink);
        }
    empty = false;
}

const layer = () => Object.assign(document.createElement("canvas"), {width, height});
const plain = layer(), overlay = layer();
const byte = v => Math.max(0, Math.min(255, Math.round(255 * v)));

function paint() {
    const scale = Math.max(1, Math.round(Math.min(840 / width, 840 / height)));
    if (board.width !== width * scale) board.width = width * scale, board.height = height * scale;
    const to = board.getContext("2d"), below = plain.getContext("2d"), above = overlay.getContext("2d");
    const image = below.createImageData(width, height), heat = above.createImageData(width, height);
    let most = 0;
    for (const v of map) most = Math.max(most, v);
    for (let i = 0; i < height * width; i++) {
        for (let k = 0; k < 3; k++) image.data[4 * i + k] = byte(picture[i * channels + (channels === 3 ? k : 0)]);
        image.data[4 * i + 3] = 255;
        const v = most > 0 ? map[i] / most : 0, colour = 3 * byte(v);
        for (let k = 0; k < 3; k++) heat.data[4 * i + k] = facts.colours[colour + k];
        heat.data[4 * i + 3] = byte(0.85 * Math.min(1, 1.6 * v));
    }
    below.putImageData(image, 0, 0), above.putImageData(heat, 0, 0);
    to.imageSmoothingEnabled = false;
    to.drawImage(plain, 0, 0, board.width, board.height);
    to.imageSmoothingEnabled = true;
    if (byId("shown").checked && !empty) to.drawImage(overlay, 0, 0, board.width, board.height);
    if (cursor && document.activeElement === board) {
        to.strokeStyle = down ? "#ffd34d" : "#fff", to.lineWidth = 3;
        to.beginPath();
        to.arc((cursor.x + 0.5) * scale, (cursor.y + 0.5) * scale, (down ? 1 : 1.6) * unit * scale, 0, 2 * Math.PI);
        to.stroke();
    }
    byId("hint").hidden = !empty || cursor !== null;
}

// ---- what the network says of it ----

const rows = facts.classes.map((name, i) => {
    const label = document.createElement("label"), part = (tag, of, into) => {
        const element = document.createElement(tag);
        element.className = of;
        return into.appendChild(element);
    };
    const radio = part("input", "", label), words = part("span", "name", label);
    const bar = part("span", "bar", part("span", "track", label)), share = part("span", "share", label);
    radio.type = "radio", radio.name = "class", radio.value = i;
    words.textContent = name, words.title = name;
    radio.addEventListener("change", () => { chosen = i, byId("likeliest").checked = false, look(); });
    byId("classes").append(label);
    return {label, radio, bar, share, words};
});
byId("classes").classList.toggle("many", rows.length > 12);
byId("classes").classList.toggle("words", facts.classes.some(name => name.length > 3));

// Weights that are trained here know digits, whatever the run's classes are.
const nameOf = i => whose === TRAINED ? String(i) : facts.classes[i];

const times = [];                                     // of the last looks, in ms

function say(shares, best, shown) {
    rows.forEach(({label, radio, bar, share, words}, i) => {
        words.textContent = words.title = nameOf(i);
        bar.style.width = shares ? `${100 * shares[i]}%` : "0";
        share.textContent = shares ? `${(100 * shares[i]).toFixed(1)} %` : "";
        label.classList.toggle("most", i === best);
        radio.checked = i === shown;
    });
    board.setAttribute("aria-label", shares ? `The drawing, taken for ${nameOf(best)} with ` +
        `${(100 * shares[best]).toFixed(0)} %; the map is of ${nameOf(shown)}` : "The drawing, empty");
}

function lookNow() {
    due = false;
    if (!wasm) return paint();
    if (empty) {
        map.fill(0);
        say(null, -1, chosen);
        return paint();
    }
    const before = performance.now();
    ask(picture, whose);
    const shares = floats(wasm.probabilities(), rows.length).slice();
    const best = shares.indexOf(Math.max(...shares)), shown = chosen >= 0 ? chosen : Math.max(0, best);
    const at = wasm.map(whose, shown);
    if (at) map.set(floats(at, height * width));
    else map.fill(0);
    say(shares, best, shown);
    paint();
    times.push(performance.now() - before);
    if (times.length > 30) times.shift();
    const mean = times.reduce((a, b) => a + b) / times.length;
    byId("speed").textContent = `${mean.toFixed(1)} ms a drawing, map included: ${Math.round(1000 / mean)} a second; ` +
        (mode === "relaxed" ? "multiplication and addition in one instruction of this machine."
                            : "multiplication and addition rounded once by a computation, as no instruction here does it.");
}

function look() {
    if (!due) requestAnimationFrame(lookNow);
    due = true;
}

function trouble(error) {
    byId("trouble").hidden = false;
    byId("trouble").textContent = error.message;
}

// ---- pens ----

const place = event => {
    const box = board.getBoundingClientRect();
    return {x: (event.clientX - box.left) / box.width * width - 0.5,
            y: (event.clientY - box.top) / box.height * height - 0.5};
};
let last = null;
board.addEventListener("pointerdown", event => {
    if (event.button) return;
    board.setPointerCapture(event.pointerId);
    cursor = null, last = place(event);
    stroke(last, last);
    look();
});
board.addEventListener("pointermove", event => {
    if (!last) return;
    const all = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const part of all.length ? all : [event]) {
        const next = place(part);
        stroke(last, next);
        last = next;
    }
    look();
});
for (const end of ["pointerup", "pointercancel"]) board.addEventListener(end, () => { last = null; });

const clear = () => { picture.fill(0), empty = true, down = false, look(); };
const steps = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};
board.addEventListener("keydown", event => {
    const by = steps[event.key], space = event.key === " ";
    if (event.ctrlKey || event.altKey || event.metaKey || !(by || space || event.key === "Delete" ||
        event.key === "Backspace")) return;
    event.preventDefault();
    const from = cursor || {x: Math.floor(width / 2), y: Math.floor(height / 4)};
    cursor = from;
    if (by) {
        cursor = {x: Math.min(width - 1, Math.max(0, from.x + by[0] * unit)),
                  y: Math.min(height - 1, Math.max(0, from.y + by[1] * unit))};
        if (down) stroke(from, cursor);
    } else if (space) {
        down = !down;
        if (down) stroke(cursor, cursor);
        byId("pen").textContent = down ? "The pen is down." : "The pen is up.";
    } else clear();
    look();
});
board.addEventListener("focus", look);
board.addEventListener("blur", look);
byId("clear").addEventListener("click", () => { clear(), cursor = null; });
byId("shown").addEventListener("change", look);
byId("likeliest").addEventListener("change", event => {
    chosen = event.target.checked ? -1 : Math.max(0, rows.findIndex(row => row.radio.checked));
    look();
});
for (const radio of document.getElementsByName("whose"))
    radio.addEventListener("change", () => { whose = +radio.value, look(); });

let examples = null, next = 0;
byId("example").addEventListener("click", () => {
    const n = next++, own = examples && whose === RUN, count = own ? facts.examples : 2000;
    if (own) for (let i = 0; i < pixels; i++) picture[i] = examples[n % count * pixels + i] / 255;
    else picture.set(window.tailor.digit(n % count).image);
    empty = false, cursor = null;
    look();
});

// ---- training, seen ----

const losses = [];

// The mean loss of some steps at a time, so that the curve has at most 240 points.
function curve() {
    const group = Math.ceil(losses.length / 240), points = [];
    for (let i = 0; i + group <= losses.length; i += group)
        points.push([i + (group + 1) / 2, losses.slice(i, i + group).reduce((a, b) => a + b) / group]);
    return points;
}

function draw(total) {
    const W = Math.max(280, Math.min(720, byId("chart").clientWidth)), H = 220, left = 52, right = 12, top = 10, bottom = 28, points = curve();
    const values = points.map(p => p[1]).filter(Number.isFinite);
    let high = Math.max(...values, 1e-9), low = Math.min(0, ...values);
    const step = 10 ** Math.floor(Math.log10((high - low) / 2)), unitStep = [1, 2, 5, 10].find(k => (high - low) / (k * step) <= 5) * step;
    high = Math.ceil(high / unitStep) * unitStep, low = Math.floor(low / unitStep) * unitStep;
    const x = v => left + (W - left - right) * (v - 1) / Math.max(1, total - 1);
    const y = v => H - bottom - (H - top - bottom) * (v - low) / (high - low);
    let svg = `<svg viewBox="0 0 ${W} ${H}" role="img" aria-label="Loss over steps">`;
    for (let k = 0; k <= Math.round((high - low) / unitStep); k++) {
        const v = low + k * unitStep;
        svg += `<line class="grid" x1="${left}" x2="${W - right}" y1="${y(v)}" y2="${y(v)}"/>` +
            `<text x="${left - 8}" y="${y(v) + 4}" text-anchor="end">${+v.toPrecision(3)}</text>`;
    }
    svg += `<text x="${left}" y="${H - 8}">loss, by step</text>` +
        `<text x="${W - right}" y="${H - 8}" text-anchor="end">${total}</text>`;
    const path = points.filter(p => Number.isFinite(p[1])).map(p => `${x(p[0]).toFixed(1)},${y(p[1]).toFixed(1)}`);
    byId("chart").innerHTML = svg + `<polyline class="curve" points="${path.join(" ")}"/></svg>`;
}

function fact(name, words, code) {
    const row = byId("outcome").tBodies[0].insertRow(), cell = row.insertCell();
    cell.textContent = name;
    const value = row.insertCell().appendChild(document.createElement(code ? "code" : "span"));
    value.textContent = words;
}

// The share of so many drawn test digits that are taken for their class.
function accuracy(n) {
    let right = 0;
    for (let i = 0; i < n; i++) {
        const {image, label} = window.tailor.digit(i);
        ask(image, TRAINED);
        const scores = floats(wasm.scores(), rows.length);
        right += scores.indexOf(Math.max(...scores)) === label;
    }
    return right / n;
}

let running = false;

function takeWeights(of) {
    byId("whose").hidden = false;
    whose = of;
    for (const radio of document.getElementsByName("whose")) radio.checked = +radio.value === of;
}

async function trainSeen() {
    const total = facts.steps, button = byId("train");
    if (running) {
        running = false;
        return;
    }
    running = true, losses.length = 0;
    button.textContent = "Stop";
    byId("outcome").hidden = true, byId("outcome").tBodies[0].replaceChildren();
    byId("position").textContent = "drawing ten thousand digits";
    await new Promise(go => setTimeout(go, 30));
    let began = 0, shown = 0;
    try {
        const {loss, sha256} = await train(total, (step, loss) => {
            const now = performance.now();
            losses.push(loss);
            if (step === 1) began = now, takeWeights(TRAINED);
            if (now - shown > 120 || step === total) {
                shown = now;
                const rate = step > 1 ? (step - 1) * facts.batch / (now - began) * 1000 : 0;
                byId("position").textContent = `step ${step} of ${total}, loss ${loss.toPrecision(4)}` +
                    (rate ? `, ${Math.round(rate)} images/s` : "");
                byId("progress").value = step / total;
                draw(total);
                look();
            }
            return running;
        });
        const seconds = (performance.now() - began) / 1000, done = trainedSteps;
        fact("steps", `${done} of ${total}, ${facts.batch} images each; ` +
            `${Math.round((done - 1) * facts.batch / seconds)} images/s`);
        fact("last loss", String(loss));
        if (rows.length >= 10) fact("accuracy", `${(100 * accuracy(1000)).toFixed(1)} % of 1000 drawn test digits`);
        fact("weights, sha256", sha256, true);
        fact("", done < total ? `Stopped early: the native run has these weights after step ${done}.`
            : sha256 === facts.sha256 ? "These are the weights of the run itself, bit for bit."
                : `Those of a native run, bit for bit: ${facts.command}`);
        byId("outcome").hidden = false;
    } catch (error) {
        trouble(error);
    }
    running = false;
    button.textContent = "Train again";
    look();
}
byId("train").addEventListener("click", trainSeen);

paint();
ready.then(async () => {
    if (facts.examples) examples = await unpack("examples");
    byId("example").hidden = !facts.examples && !facts.draws;
    byId("train").disabled = Boolean(facts.untrained);
    look();
}).catch(trouble);
})();
