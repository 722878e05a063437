#!/bin/sh
# --init: a run begins with the weights of a file, under each of its types, and keeps that when it goes on; what is
# missing, too much, of another shape, not finite or damaged is refused; --init-except leaves tensors as they are drawn;
# run.json, hash and lock have the file's sha256.  train { freeze }: what is frozen ends as it began, without moments,
# gradients and code for them, and the rest is what PyTorch comes to with requires_grad = False.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
. tests/small_set.sh
export CC="sh $PWD/tests/quick_cc.sh"
sha() { sed -n 's/.*"weights_sha256": *"\([0-9a-f]*\)".*/\1/p' "$1/run.json"; }
of_experiment() { sed -n 's/.*"experiment_hash": *"\([0-9a-f]*\)".*/\1/p' "$1/run.json"; }
cat >"$dir/net.lua" <<'END'
option { lr = 0.01, ema = 0.9 }
image = input { 28, 28, 1 }
label = labels(10)
h = relu(batch_norm(linear(flatten(image), 12, { name = "body.fc1" }), { name = "body.bn" }))
logits = linear(h, 10, { name = "head" })
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "small", batch = 128, epochs = 1, validation = 0, ema = option.ema,
        optimizer = sgd { lr = option.lr } }
END
cat >"$dir/change.pl" <<'END'      # FILE OUT, then changes: writes the tensors of one file as another
use strict; use warnings;
my ($from, $to, @changes) = @ARGV;
open my $in, "<:raw", $from or die; local $/; my $text = <$in>;
my $n = unpack "Q<", $text; my $head = substr $text, 8, $n; my %all;
while ($head =~ /"([^"]+)":\s*\{"dtype":\s*"F32",\s*"shape":\s*\[([\d, ]*)\],
                 \s*"data_offsets":\s*\[(\d+),\s*(\d+)\]/xg) {
    $all{$1} = ["F32", $2, substr $text, 8 + $n + $3, $4 - $3] unless $1 =~ /^\w+\//;
}
for (@changes) {
    my ($what, $name, @more) = split /=/;
    if ($what eq "drop") { delete $all{$name} or die $name }
    if ($what eq "rename") { $all{$more[0]} = delete $all{$name} }
    if ($what eq "count") { $all{$name} = ["I64", "", pack "q<", 7] }
    if ($what eq "shape") { $all{$name}[1] = $more[0] }
    if ($what eq "nan") { substr $all{$name}[2], 4, 4, pack "f<", "nan" }
    if ($what eq "whole") { $all{$name}[0] = "I32" }
    if ($what eq "types") {
        my %pack = (F64 => sub { pack "d<*", @_ },
                    BF16 => sub { pack "S<*", map { unpack("L<", pack "f<", $_) >> 16 } @_ });
        $_ = [$name, $_->[1], $pack{$name}->(unpack "f<*", $_->[2])] for values %all;
    }
}
my ($at, $data, @rows) = (0, "");
for (reverse sort keys %all) {      # another order than that of the graph
    my $next = $at + length $all{$_}[2];
    push @rows, qq("$_":{"dtype":"$all{$_}[0]","shape":[$all{$_}[1]],"data_offsets":[$at,$next]});
    $data .= $all{$_}[2]; $at = $next;
}
my $header = "{" . join(",", @rows) . "}";
open my $out, ">:raw", $to or die; print $out pack("Q<", length $header), $header, $data; close $out or die;
END
change() { # name, changes
    perl "$dir/change.pl" "$dir/first/weights.safetensors" "$dir/$1.safetensors" $2
}

expect 0 "" $tailor train "$dir/net.lua" --seed 3 --out "$dir/first"
net=$dir/first/c/net start=$dir/first/weights.safetensors
hash=$(sha256sum "$start" | cut -c1-64)
run() { # name, arguments of the trainer...
    out=$dir/$1
    shift
    expect 0 "" "$net" --out "$out" --quiet "$@"
}
refused() { # message, arguments...: nothing is left of it
    message=$1
    shift
    expect 1 "$message" "$net" --out "$dir/refused" --quiet "$@"
    [ -e "$dir/refused/run.json" ] && bad "a run that was refused: $*"
    rm -rf "$dir/refused"
}

# ---- the same from tailor train, the trainer, threads, other types, other orders; another seed is another run ----
expect 0 "" $tailor train "$dir/net.lua" --init "$start" --out "$dir/one"
run two --threads 2 --init "$start"
run drawn
[ "$(sha "$dir/one")" = "$(sha "$dir/two")" ] && cmp "$dir/one/trace.csv" "$dir/two/trace.csv" || bad "train, trainer"
[ "$(sha "$dir/one")" = "$(sha "$dir/drawn")" ] && bad "--init changes nothing"
[ "$(of_experiment "$dir/one")" = "$(of_experiment "$dir/two")" ] || bad "hashes of equal runs"
[ "$(of_experiment "$dir/one")" = "$(of_experiment "$dir/drawn")" ] && bad "init is not in the experiment's hash"
tr -d ' \n' <"$dir/one/run.json" | grep -q '"init":{"file":"weights.safetensors","sha256":"'"$hash"'"}' ||
    bad "run.json does not say the init"
grep -q init "$dir/drawn/run.json" && bad "run.json says an init that there was not"
change f64 types=F64
change counted "count=body.bn.num_batches_tracked count=num_batches_tracked"
run f64 --init "$dir/f64.safetensors"
run counted --init "$dir/counted.safetensors"
for other in f64 counted; do [ "$(sha "$dir/$other")" = "$(sha "$dir/one")" ] || bad "other weights from $other"; done
change bf16 types=BF16
run bf16 --init "$dir/bf16.safetensors"
[ "$(sha "$dir/bf16")" = "$(sha "$dir/one")" ] && bad "bf16 as f32"
# a checkpoint: its averages, which are the weights of the run
run checkpoint --init "$dir/first/checkpoint.safetensors"
[ "$(sha "$dir/checkpoint")" = "$(sha "$dir/one")" ] || bad "from a checkpoint"

# ---- the first loss is that of the weights in the file: of the first batch, which drawn weights have too ----
first() { sed -n 1p "$dir/$1/trace.csv"; }
[ "$(first one)" = "$(first drawn)" ] && bad "the first loss is that of drawn weights"

# ---- at a rate at which no number moves, a run ends with what it began with: of the file, or as drawn ----
same() { # run, other, names...: these tensors have the same bits in both
    perl "$dir/same.pl" "$dir/$1/weights.safetensors" "$dir/$2/weights.safetensors" "$3" "$4" || bad "$1, $2: $3 is $4"
}
cat >"$dir/same.pl" <<'END'
use strict; use warnings;
my ($one, $two, $names, $wanted) = @ARGV; local $/;
sub tensors {
    open my $in, "<:raw", $_[0] or die; my $text = <$in>; my $n = unpack "Q<", $text; my $head = substr $text, 8, $n;
    return { map { /"([^"]+)":.*"data_offsets":\s*\[(\d+),\s*(\d+)/ ? ($1, substr $text, 8 + $n + $2, $3 - $2) : () }
             split /\n/, $head };
}
my ($x, $y) = (tensors($one), tensors($two));
my @all = grep { /^(?:$names)$/ } keys %$x;
exit 1 if @all < 2;
for (@all) { exit 1 if ($x->{$_} eq $y->{$_}) != ($wanted eq "equal") }
END
expect 0 "" $tailor train "$dir/net.lua" --set lr=1e-30 --set ema=0 --out "$dir/still"
net=$dir/still/c/net
run taken --init "$start"
change wrong "shape=head.weight=12,10 nan=body.fc1.bias rename=head.bias=head.other"
run part --init "$dir/wrong.safetensors" --init-except 'head.*,*.fc1.bias'
same taken first 'body\.fc1\..*|body\.bn\.weight|head\..*' equal
same taken still 'body\.fc1\..*|head\..*' other
same part first 'body\.fc1\.weight|body\.bn\.weight' equal
same part still 'body\.fc1\.bias|head\..*' equal
net=$dir/first/c/net

# ---- what is refused ----
change less "drop=head.bias drop=body.bn.running_var"
change more "count=head.num"
change renamed "rename=body.fc1.weight=body.fc.weight"
change shaped "shape=head.weight=12,10"
change nan "nan=head.weight"
change whole "whole=head.bias"
head -c 1000 "$start" >"$dir/cut.safetensors"
refused "less.safetensors: there is no head.bias, body.bn.running_var in it, against each parameter" \
    --init "$dir/less.safetensors"
refused "more.safetensors: head.num: no parameter or state of net.lua is called so" --init "$dir/more.safetensors"
refused "renamed.safetensors: there is no body.fc1.weight in it" --init "$dir/renamed.safetensors"
refused "shaped.safetensors: head.weight is F32 \[12, 10\], against F32 \[10, 12\] of the model.*--init-except" \
    --init "$dir/shaped.safetensors"
refused "nan.safetensors: head.weight has a number that is not finite" --init "$dir/nan.safetensors"
refused "whole.safetensors: head.bias is I32 \[10\], against F32" --init "$dir/whole.safetensors"
refused "cut.safetensors: .*ends at byte" --init "$dir/cut.safetensors"
refused "none.safetensors: cannot open" --init "$dir/none.safetensors"
refused "first: not a file" --init "$dir/first"
refused "/dev/zero: not a file" --init /dev/zero
refused "--init-except bdoy.\*: no parameter or state of net.lua, and no tensor of" --init "$start" \
    --init-except 'head.*,bdoy.*'
refused "--init-except \*: leaves out all of" --init "$start" --init-except '*'
run some --init "$dir/more.safetensors" --init-except head.num
expect 1 "more.safetensors: head.num: no parameter" $tailor train "$dir/net.lua" --init "$dir/more.safetensors" \
    --out "$dir/refused"
[ -e "$dir/refused" ] && bad "tailor train leaves a folder"
expect 1 "nan.safetensors: head.weight has a number that is not finite in F32: element 1 is" \
    env CC=false $tailor train "$dir/net.lua" --init "$dir/nan.safetensors" --out "$dir/refused"
expect 2 "--init-except says what --init leaves out" "$net" --init-except head.bias
expect 2 "--init is of training" "$net" --eval "$dir/one" --init "$start"

# ---- a run that goes on keeps it, and takes no other ----
expect 130 "" "$net" --out "$dir/stopped" --quiet --init "$start" --init-except 'head.*' --stop 3
run whole --init "$start" --init-except 'head.*'
expect 1 "checkpoint.safetensors: the sha256 of init is $hash, against" "$net" --resume "$dir/stopped" \
    --init "$dir/f64.safetensors" --init-except 'head.*'
expect 1 "init-except is 'head.\*', against '' of this command" "$net" --resume "$dir/stopped" --init "$start"
expect 0 "" "$net" --resume "$dir/stopped" --quiet
[ "$(sha "$dir/stopped")" = "$(sha "$dir/whole")" ] || bad "a resumed run has other weights"
[ "$(of_experiment "$dir/stopped")" = "$(of_experiment "$dir/whole")" ] || bad "a resumed run has another hash"
expect 1 "there is no init in it: the run began with values drawn" "$net" --resume "$dir/drawn" --init "$start"
expect 0 "finished already" $tailor train "$dir/net.lua" --resume "$dir/one" --init "$start"

# ---- locks ----
mkdir "$dir/locks"
expect 0 "" $tailor lock --run "$dir/one" -o "$dir/locks/net.lock"
grep -q "^init weights.safetensors $hash\$" "$dir/locks/net.lock" || bad "the lock does not say the init"
expect 1 "locks/net.lock:[0-9]*: data: weights.safetensors.*--init FILE says where" \
    $tailor verify "$dir/locks/net.lock" --graph "$dir/net.lua"
expect 1 "data: the sha256 of weights.safetensors is" $tailor verify "$dir/locks/net.lock" \
    --graph "$dir/net.lua" --init "$dir/f64.safetensors"
cp "$start" "$dir/locks/weights.safetensors"
expect 0 "" $tailor verify "$dir/locks/net.lock" --graph "$dir/net.lua"
grep -q "equal: .* the weights of 1 epoch" "$dir/out" || bad "verify says $(cat "$dir/out")"

# ---- an archive: it has the file, and begins with it ----
expect 1 "began with the weights of weights.safetensors, which an archive needs" $tailor pack "$dir/one" \
    -o "$dir/net.tar.gz"
expect 1 "f64.safetensors: its sha256 is" $tailor pack "$dir/one" --init "$dir/f64.safetensors" -o "$dir/net.tar.gz"
expect 0 "" $tailor pack "$dir/one" --init "$start" -o "$dir/net.tar.gz"
(cd "$dir" && gzip -dc net.tar.gz | tar -xf -) || bad "the archive cannot be unpacked"
cmp -s "$dir/net/begin/weights.safetensors" "$start" || bad "the archive does not have the weights to begin with"
grep -q 'verify net.lock --init begin/weights.safetensors' "$dir/net/README.md" || bad "the archive does not say them"
expect 0 "" make -s -C "$dir/net" check CFLAGS="-O0 -Wall -Wextra -Werror"
cp "$dir/f64.safetensors" "$dir/net/begin/weights.safetensors"
(cd "$dir/net" && ./net-check >"$dir/out") || bad "the same numbers as F64 are others"
cp "$dir/bf16.safetensors" "$dir/net/begin/weights.safetensors"
(cd "$dir/net" && expect 1 "loss: number 0 is" ./net-check; exit $wrong) || bad "other weights are not seen"

# ---- an experiment: all of its cells begin with the file, which is part of them ----
printf 'experiment { graph = "net.lua", seeds = { 1 }, init = "locks/weights.safetensors", init_except = %s }\n' \
    '{ "head.bias", "body.bn.*" }' >"$dir/study.lua"
printf 'experiment { graph = "net.lua", seeds = { 1 }, init = "less.safetensors" }\n' >"$dir/less.lua"
printf 'experiment { graph = "net.lua", init_except = "head.*" }\n' >"$dir/except.lua"
expect 0 "" $tailor sweep "$dir/study.lua" --out "$dir/sweep"
cat "$dir/out" "$dir/err" | grep -q '^1/1 ' || bad "the sweep ran nothing"
expect 0 "" $tailor sweep "$dir/study.lua" --out "$dir/sweep"
cat "$dir/out" "$dir/err" | grep -q '^1/1 ' && bad "the sweep ran again"
run alone --seed 1 --init "$start" --init-except 'head.bias,body.bn.*'
[ "$(sha "$dir/alone")" = "$(sha "$dir"/sweep/runs/*)" ] || bad "a cell has other weights than a run"
[ "$(of_experiment "$dir/alone")" = "$(of_experiment "$dir"/sweep/runs/*)" ] || bad "a cell has another key"
expect 1 "there is no head.bias, body.bn.running_var in it" $tailor sweep "$dir/less.lua" --dry-run
expect 1 "except.lua:1: .*init_except says what init leaves out" $tailor sweep "$dir/except.lua" --dry-run

# ---- frozen: six steps of PyTorch ----
unset TAILOR_DATA
cat >"$dir/close.pl" <<'END'       # OURS THEIRS FIRST CHECKPOINT
use strict; use warnings;
sub tensors {
    local $/; open my $in, "<:raw", $_[0] or die; my $text = <$in>; my $n = unpack "Q<", $text; my %all;
    my $head = substr $text, 8, $n;
    while ($head =~ /"([^"]+)":\s*\{"dtype":\s*"F32",\s*"shape":\s*\[[\d, ]*\],
                     \s*"data_offsets":\s*\[(\d+),\s*(\d+)\]/xg) { $all{$1} = substr $text, 8 + $n + $2, $3 - $2 }
    return \%all;
}
my ($ours, $theirs, $first, $checkpoint) = map { tensors($_) } @ARGV;
die "tensors" unless keys %$ours == 13;
for my $name (sort keys %$ours) {
    my @is = unpack "f<*", $ours->{$name}; my @should = unpack "f<*", $theirs->{$name};
    for (0 .. $#is) { die "$name: $is[$_], $should[$_]" if abs($is[$_] - $should[$_]) > 2e-6 }
    my $frozen = $name =~ /^stages\.1\./ && $name !~ /running/;
    die "$name: as it began, or not" if ($ours->{$name} eq $first->{$name}) != $frozen;
    die "$name: no weights in the checkpoint" unless exists $checkpoint->{$name};
    die "$name: moments" if $name !~ /running/ && exists $checkpoint->{"moment1/$name"} == $frozen;
}
END
graph=tests/vectors/graphs/finetune.lua vectors=tests/vectors/finetune
expect 0 "" $tailor train $graph --init $vectors/init.safetensors --out "$dir/tuned"
perl "$dir/close.pl" "$dir/tuned/weights.safetensors" $vectors/expect.safetensors $vectors/init.safetensors \
    "$dir/tuned/checkpoint.safetensors" || bad "not what PyTorch comes to"
net=$dir/tuned/c/finetune
expect 130 "" "$net" --out "$dir/stopped2" --quiet --init $vectors/init.safetensors --stop 4
expect 0 "" "$net" --resume "$dir/stopped2" --quiet --threads 2
[ "$(sha "$dir/tuned")" = "$(sha "$dir/stopped2")" ] || bad "other weights after a resume"
grep -q '"trainable_parameter_count": 492,' "$dir/tuned/run.json" || bad "run.json does not count what is trained"

# ---- code: no gradient of what is frozen, nor of what only it needed ----
expect 0 "" $tailor emit $graph -o "$dir/frozen"
expect 0 "" $tailor emit $graph --set frozen=false -o "$dir/free"
grep -E '(^|[^a-z])(bw)?d_stages_1|update\(.*stages_1' "$dir/frozen/finetune.c" && bad "gradients of what is frozen"
[ "$(grep -c 'static void bwd_stages_1' "$dir/free/finetune.c")" -gt 2 ] || bad "no gradients where nothing is frozen"
grep -E 'RT_FROZEN|Trained' "$dir/free/finetune.c" "$dir/free/finetune.h" && bad "code that knows of frozen ones"
expect 0 "" $tailor check $graph
grep -q '^parameters  558 in 9 tensors; 492 are trained, 66 frozen$' "$dir/out" || bad "check counts otherwise"
expect 0 "" $tailor check $graph --json
grep -q '"trainable_parameter_count": 492,' "$dir/out" || bad "check --json does not count what is trained"
expect 0 "" $tailor show $graph --text
grep -q '558 parameters, 492 of them trained' "$dir/out" || bad "show does not count what is trained"

# ---- a library: gradients of what is frozen are 0, its moments are none, a save comes back ----
expect 0 "" $tailor emit $graph --library -o "$dir/lib"
cat >"$dir/lib/main.c" <<'END'
#include <stdio.h>
#include <string.h>
#include "finetune.h"
static Finetune run, back;
static FinetuneWork work[1];
static FinetuneParams gradients;
static float image[FINETUNE_BATCH][8][8][1];
static int32_t label[FINETUNE_BATCH];
static int64_t sample[FINETUNE_BATCH];
static unsigned char save[1 << 16];
int main(void)
{
    FinetuneTrainResult result;
    for (int i = 0; i < FINETUNE_BATCH; i++) label[i] = i % 4, image[i][i % 8][3][0] = 1, sample[i] = i;
    const FinetuneBatch batch = {.n = FINETUNE_BATCH, .sample = sample, .image = image, .label = label};
    finetune_init(&run, 1, 6);
    memset(&gradients, 1, sizeof gradients);
    if (finetune_gradients(&run, work, 1, &batch, &gradients, &result)) return 1;
    for (size_t i = 0; i < sizeof gradients.stages_1_conv_weight / sizeof(float); i++)
        if (((float *)gradients.stages_1_conv_weight)[i] != 0) return 2;
    if (gradients.head_bias[0] == 0) return 3;
    const FinetuneParams before = run.params;
    if (finetune_step(&run, work, 1, &batch, &result)) return 4;
    if (memcmp(before.stages_1_bn_bias, run.params.stages_1_bn_bias, sizeof before.stages_1_bn_bias)) return 5;
    if (!memcmp(before.head_bias, run.params.head_bias, sizeof before.head_bias)) return 6;
    const size_t n = finetune_save(&run, save, sizeof save);
    finetune_init(&back, 2, 6);
    if (n > sizeof save || finetune_load(&back, save, n) || memcmp(&run, &back, sizeof run)) return 7;
    if (sizeof run.moments != sizeof(FinetuneTrained) || sizeof run.moments >= sizeof run.params) return 8;
    printf("%zu\n", sizeof run.moments / sizeof(float));
    return 0;
}
END
expect 0 "" cc -O1 -Wall -Wextra -Wpedantic -Werror -c "$dir/lib/finetune.c" -o "$dir/lib/finetune.o"
expect 0 "" cc -O1 -Wall -Wextra -Werror "$dir/lib/main.c" "$dir/lib/finetune.o" -lm -o "$dir/lib/main"
expect 0 "" "$dir/lib/main"
grep -qx 492 "$dir/out" || bad "moments of $(cat "$dir/out") floats"

[ $wrong = 0 ] && echo "$expected commands"
[ $wrong = 0 ]
