#!/bin/sh
# train --watch: what watch.csv says of values, parameters and gradients are the numbers of the batch itself, and those
# that tailor grad and its interpreter compute for it; the same file for any number of threads and after an
# interruption; the weights' bits and the C of a step are those of a run without; names of nothing are refused.
set -u
cd "$(dirname "$0")/.."
. tests/expect.sh
. tests/small_set.sh
sha() { sed -n 's/.*"weights_sha256": *"\([0-9a-f]*\)".*/\1/p' "$1/run.json"; }
net=$dir/net.lua
cat >"$net" <<'END'
image = input { 28, 28, 1 }
label = labels(10)
h1 = relu(batch_norm(linear(flatten(image), 24, { name = "fc1" }), { name = "bn" }))
logits = linear(h1, 10, { name = "fc2" })
nothing = relu(0 * image - 1)
partly = log(relu(image - 0.19))
minimize(cross_entropy(logits, label))
metric("accuracy", equal(argmax(logits), label))
train { data = "small", batch = 128, epochs = 2, seed = 1, validation = 0,
        optimizer = sgd { lr = 0.1, momentum = 0.9 } }
END
names=logits,h1,fc1.weight,image,label,nothing,partly,bn.weight

expect 0 "" $tailor train "$net" --threads 1 --out "$dir/without"
expect 0 "" $tailor train "$net" --threads 1 --watch $names --out "$dir/one"
expect 0 "" $tailor train "$net" --threads 2 --watch $names --out "$dir/two"
[ -n "$(sha "$dir/one")" ] && [ "$(sha "$dir/one")" = "$(sha "$dir/without")" ] || bad "watching changes the weights"
cmp "$dir/one/watch.csv" "$dir/two/watch.csv" || bad "1 and 2 threads"
cmp "$dir/one/trace.csv" "$dir/without/trace.csv" || bad "watching changes the trace"

# the C: nothing but the table is other than without, and there nothing is of it
diff "$dir/without/c/net.c" "$dir/one/c/net.c" | grep '^<' | grep -v 'n_entries = 3, .entries' >"$dir/changed"
[ -s "$dir/changed" ] && bad "other C of what is not watched: $(head -3 "$dir/changed")"
grep -q "watch" "$dir/without/c/net.c" "$dir/without/c/net.h" && bad "C of a run without knows of it"
[ -e "$dir/without/c/runtime/rt_watch.c" ] && bad "the runtime of a run without has it"
[ -e "$dir/without/watch.csv" ] && bad "a watch.csv that nobody asked for"
tr -d ' \n' <"$dir/one/run.json" | grep -q '"watched":\["logits","h1","fc1.weight","image","label",' ||
    bad "run.json does not say what was watched"

# the numbers: of the batch, and of what tailor grad computes with the weights of the last epoch
cat >"$dir/numbers.pl" <<'END'
use strict; use warnings;
my ($mode, $dir, $csv, $values) = @ARGV;
sub slurp { my ($path) = @_; local $/; open my $f, "<:raw", $path or die "$path: $!"; my $t = <$f>; return $t }
sub tensors {                           # of a safetensors file: name => [type, shape, numbers]
    my ($path) = @_; my $text = slurp($path); my $n = unpack "Q<", $text; my $head = substr $text, 8, $n; my %all;
    while ($head =~ /"([^"]+)":\s*\{"dtype":\s*"(\w+)",\s*"shape":\s*\[([\d, ]*)\],
                     \s*"data_offsets":\s*\[(\d+),\s*(\d+)\]/xg) {
        my $format = { F32 => "f<*", F64 => "d<*", I32 => "l<*", I64 => "q<*" }->{$2} or die "type $2";
        $all{$1} = [$2, $3, [unpack $format, substr $text, 8 + $n + $4, $5 - $4]];
    }
    return %all;
}
if ($mode eq "feed") {                  # weights, and the first 128 images with their labels
    my %all = tensors("$dir/one/weights.safetensors");
    my $set = "$dir/data/small/train";
    my @bytes = unpack "C*", substr slurp("$set-images-idx3-ubyte"), 16, 128 * 784;
    $all{image} = ["F32", "128,28,28,1", [map { $_ / 255 } @bytes]];
    $all{label} = ["I32", "128", [unpack "C*", substr slurp("$set-labels-idx1-ubyte"), 8, 128]];
    my ($head, $data) = ("", "");
    for my $name (sort keys %all) {
        my ($type, $shape, $numbers) = @{$all{$name}};
        my $bytes = pack($type eq "F32" ? "f<*" : "l<*", @$numbers);
        $head .= sprintf '%s"%s":{"dtype":"%s","shape":[%s],"data_offsets":[%d,%d]}', $head ? "," : "", $name, $type,
            $shape, length $data, length($data) + length $bytes;
        $data .= $bytes;
    }
    $head = "{$head}"; $head .= " " while length($head) % 8;
    open my $f, ">:raw", "$dir/feed.safetensors"; print $f pack("Q<", length $head), $head, $data;
    exit 0;
}
my %all = tensors($values); my $checked = 0;
my %feed = tensors("$dir/feed.safetensors");
for (split /\n/, slurp($csv)) {
    my ($epoch, $name, $of, $min, $max, $mean, $sd, $zeros, @bins) = split /,/;
    next unless $epoch eq "2";
    my $tensor = $of eq "gradient" ? $all{"d_$name"} : $all{$name} || $feed{$name};
    if (!$tensor) {                     # tailor grad gives gradients of parameters and inputs
        $of eq "gradient" or print "no $name in $values\n";
        my $sum = 0; $sum += $_ for @bins;
        my $n = $all{$name} ? @{$all{$name}[2]} : 0;
        print "$name,$of: bins of $sum, not $n\n" if $sum != $n and $name ne "partly";
        next;
    }
    my @x = @{$tensor->[2]}; my @finite = grep { abs($_) < 1e300 } @x; my $n = @finite;
    my ($s, $q, $is_zero) = (0, 0, scalar grep { $_ == 0 } @x);
    my ($low, $high) = ($finite[0], $finite[0]);
    for (@finite) { $s += $_; $low = $_ if $_ < $low; $high = $_ if $_ > $high }
    my $m = $s / $n; $q += ($_ - $m) ** 2 for @finite;
    my @own = (0) x 32;
    for (@finite) { my $b = $high > $low ? int(($_ - $low) / ($high - $low) * 32) : 0; $own[$b > 31 ? 31 : $b]++ }
    my $scale = abs($low) > abs($high) ? abs $low : abs $high;
    my @pairs = ([min => $min, $low], [max => $max, $high], [mean => $mean, $m], [sd => $sd, sqrt($q / $n)]);
    for (@pairs) { print "$name,$of: $_->[0] $_->[1], not $_->[2]\n" if abs($_->[1] - $_->[2]) > 1e-4 * $scale }
    print "$name,$of: zeros $zeros, not ", $is_zero / @x, "\n" if abs($zeros - $is_zero / @x) > 0.02;
    my ($sum, $off) = (0, 0); $sum += $_ for @bins; $off += abs($bins[$_] - $own[$_]) for 0 .. 31;
    print "$name,$of: bins of $sum, not $n\n" if $sum != $n;
    my $exact = $of eq "value" && $name =~ /^(image|label|nothing|partly|fc1.weight|bn.weight)$/;
    print "$name,$of: bins @bins, not @own\n" if $off > ($exact ? 0 : 0.01 * $n + 4) || @bins != 32;
    $checked++;
}
print "only $checked lines were looked at\n" if $checked < 11;
END
perl "$dir/numbers.pl" feed "$dir" || bad "no feed"
expect 0 "" $tailor grad "$net" --feed "$dir/feed.safetensors" --train -o "$dir/emitted"
expect 0 "" $tailor grad "$net" --feed "$dir/feed.safetensors" --train --interpret -o "$dir/interpreted"
for by in emitted interpreted; do
    perl "$dir/numbers.pl" compare "$dir" "$dir/one/watch.csv" "$dir/$by" >"$dir/said" 2>&1 || bad "$by: no comparison"
    [ -s "$dir/said" ] && bad "$by: $(head -5 "$dir/said")"
done
header=$(head -1 "$dir/one/watch.csv")
case $header in
epoch,name,of,min,max,mean,sd,zeros,b0,b1,b2,*,b31) ;;
*) bad "the header is $header" ;;
esac
[ "$(wc -l <"$dir/one/watch.csv")" = 31 ] || bad "not 2 epochs of 15 lines"
[ "$(grep -c '^[12],label,' "$dir/one/watch.csv")" = 2 ] || bad "label has a gradient"
# what is known without: zeros everywhere, all in the first bin; logarithms of nothing are in no bin
grep -q '^2,nothing,value,0,0,0,0,1,100352\(,0\)\{31\}$' "$dir/one/watch.csv" || bad "nothing: is something"
grep -q '^2,nothing,gradient,0,0,0,0,1,100352\(,0\)\{31\}$' "$dir/one/watch.csv" || bad "nothing: has a gradient"
sed '/^minimize/{i\
all = log(relu(0 * image - 1))
}' "$net" >"$dir/log.lua"
expect 0 "" $tailor train "$dir/log.lua" --epochs 1 --watch all --out "$dir/log"
grep -q '^1,all,value,nan,nan,nan,nan,0\(,0\)\{32\}$' "$dir/log/watch.csv" ||
    bad "all infinite: $(cat "$dir/log/watch.csv")"

# an emitted folder, interrupted in the second epoch
expect 0 "" $tailor emit "$net" --watch $names -o "$dir/emit"
expect 0 "" make -s -C "$dir/emit"
expect 130 "" "$dir/emit/net" --threads 2 --stop 6 --out "$dir/stopped"
[ "$(wc -l <"$dir/stopped/watch.csv")" = 16 ] || bad "an interrupted run has not one epoch"
echo rubbish >>"$dir/stopped/watch.csv"
expect 0 "" "$dir/emit/net" --threads 1 --resume "$dir/stopped"
cmp "$dir/stopped/watch.csv" "$dir/one/watch.csv" || bad "a resumed run has another watch.csv"
[ "$(sha "$dir/stopped")" = "$(sha "$dir/one")" ] || bad "a resumed run has other weights"
# one file that is the whole trainer
expect 0 "" $tailor emit "$net" --watch logits --single-file -o "$dir/single"
expect 0 "" cc -O1 -o "$dir/single/net" "$dir/single/net.c" -lm
expect 0 "" "$dir/single/net" --out "$dir/of-single"
grep '^[12],logits,' "$dir/one/watch.csv" >"$dir/logits"
tail -n +2 "$dir/of-single/watch.csv" | cmp - "$dir/logits" || bad "one file has another watch.csv"
# a longer run watches what it began with
expect 0 "" $tailor train "$net" --threads 1 --resume "$dir/one" --epochs 3
[ "$(grep -c '^3,' "$dir/one/watch.csv")" = 15 ] && [ "$(grep -c '^1,' "$dir/one/watch.csv")" = 15 ] ||
    bad "a longer run: $(cut -c1-20 "$dir/one/watch.csv")"
expect 1 "watched is logits,h1.*against h1" $tailor train "$net" --resume "$dir/one" --epochs 4 --watch h1
# one that began without may begin to
expect 0 "" $tailor train "$net" --resume "$dir/without" --epochs 3 --watch h1
[ "$(cut -d, -f1-3 "$dir/without/watch.csv" | tail -n +2 | tr '\n' ' ')" = "3,h1,value 3,h1,gradient " ] ||
    bad "a run that began without: $(cut -c1-20 "$dir/without/watch.csv")"

# what is wrong
expect 1 "called logit, .*; did you mean logits?" $tailor train "$net" --watch h1,logit --out "$dir/none"
expect 1 "called fc1.weigth, .*; did you mean fc1.weight?" $tailor emit "$net" --watch fc1.weigth -o "$dir/none"
expect 1 "called , " $tailor train "$net" --watch h1, --out "$dir/none"
expect 1 "h1 is to be watched twice" $tailor train "$net" --watch h1,h1 --out "$dir/none"
[ -e "$dir/none" ] && bad "a refused command has left $(ls "$dir/none")"
expect 2 "against --library" $tailor emit "$net" --watch h1 --library -o "$dir/none"
[ $wrong = 0 ] && echo "$(wc -l <"$dir/two/watch.csv") lines of watch.csv, $expected commands"
exit $wrong
