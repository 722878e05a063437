#!/usr/bin/perl
# reference.pl FROM TO - what PyTorch computed for the models of the data folder, named as tailor grad names it: grad.X
# is d_X, train_loss is loss, and images have their channels last.
use strict;
use warnings;

open(my $file, '<:raw', $ARGV[0]) or die "$ARGV[0]: $!\n";
my $all = do { local $/; <$file> };
my $n = unpack('Q<', $all);
my ($header, $data, $out, @entries) = (substr($all, 8, $n), substr($all, 8 + $n), '');
while ($header =~ /"([^"]+)"\s*:\s*\{([^{}]*)\}/g) {
    my ($name, $text) = ($1, $2);
    next if $name eq '__metadata__' || $name =~ /^param\./;
    my ($type) = $text =~ /"dtype"\s*:\s*"(\w+)"/;
    my ($shape) = $text =~ /"shape"\s*:\s*\[([^\]]*)\]/;
    my ($from, $to) = $text =~ /"data_offsets"\s*:\s*\[\s*(\d+)\s*,\s*(\d+)\s*\]/;
    my $bytes = substr($data, $from, $to - $from);
    $name =~ s/^grad\./d_/;
    $name = 'loss' if $name eq 'train_loss';
    if ($name eq 'image') {
        my ($b, $c, $h, $w) = split /\s*,\s*/, $shape;
        my @x = unpack('(a4)*', $bytes);
        $bytes = '';
        for my $i (0 .. $b - 1) {
            for my $place (0 .. $h * $w - 1) { $bytes .= $x[($i * $c + $_) * $h * $w + $place] for 0 .. $c - 1 }
        }
        $shape = "$b,$h,$w,$c";
    }
    push @entries, sprintf('"%s":{"dtype":"%s","shape":[%s],"data_offsets":[%d,%d]}', $name, $type, $shape, length $out,
        length($out) + length $bytes);
    $out .= $bytes;
}
$header = '{' . join(',', @entries) . '}';
$header .= ' ' x (-length($header) % 8);
open(my $to, '>:raw', $ARGV[1]) or die "$ARGV[1]: $!\n";
print $to pack('Q<', length $header), $header, $out;
close $to or die "$ARGV[1]: $!\n";
