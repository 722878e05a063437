#!/usr/bin/perl
# tensors.pl - safetensors files, for tests that run without Python.
#
#   tensors.pl join OUT FILE...         all tensors of the files in one, but those that tailor grad computes
#   tensors.pl close GOT WANTED BOUND [NAMES]   each tensor of WANTED whose name fits is in GOT, off by at most BOUND
#                                       times its largest number; of gradients at least 1/100 of the largest of all
#   tensors.pl names FILE               NAME TYPE SHAPE, sorted
#   tensors.pl raw FILE NAME            the numbers as bytes
use strict;
use warnings;

my %bytes = (F32 => 4, F64 => 8, I32 => 4, I64 => 8);
my %letter = (F32 => 'f<', F64 => 'd<', I32 => 'l<', I64 => 'q<');

sub load {
    my ($path) = @_;
    open(my $file, '<:raw', $path) or die "$path: $!\n";
    local $/;
    my $all = <$file>;
    my $n = unpack('Q<', $all);
    my ($header, $data, %tensors) = (substr($all, 8, $n), substr($all, 8 + $n));
    while ($header =~ /"([^"]+)"\s*:\s*\{([^{}]*)\}/g) {
        my ($name, $text) = ($1, $2);
        next if $name eq '__metadata__';
        my ($type) = $text =~ /"dtype"\s*:\s*"(\w+)"/;
        my ($shape) = $text =~ /"shape"\s*:\s*\[([^\]]*)\]/;
        my ($from, $to) = $text =~ /"data_offsets"\s*:\s*\[\s*(\d+)\s*,\s*(\d+)\s*\]/;
        $shape =~ s/\s//g;
        $tensors{$name} = { type => $type, shape => $shape, data => substr($data, $from, $to - $from) };
    }
    return \%tensors;
}

sub numbers { my ($t) = @_; return unpack("($letter{$t->{type}})*", $t->{data}) }

my $command = shift @ARGV;
if ($command eq 'join') {
    my ($out, @files) = @ARGV;
    my (%all, @header, $data);
    %all = (%all, %{ load($_) }) for @files;
    delete @all{grep { /^d_/ || $_ eq 'loss' || $_ eq 'logits' } keys %all};
    $data = '';
    for my $name (sort keys %all) {
        my $t = $all{$name};
        push @header, sprintf('"%s":{"dtype":"%s","shape":[%s],"data_offsets":[%d,%d]}', $name, $t->{type}, $t->{shape},
            length $data, length($data) + length $t->{data});
        $data .= $t->{data};
    }
    my $header = '{' . join(',', @header) . '}';
    $header .= ' ' x (-length($header) % 8);
    open(my $file, '>:raw', $out) or die "$out: $!\n";
    print $file pack('Q<', length $header), $header, $data;
    close $file or die "$out: $!\n";
} elsif ($command eq 'close') {
    my ($got, $wanted, $bound) = (load($ARGV[0]), load($ARGV[1]), $ARGV[2]);
    my ($compared, $gradients) = (0, 1e-30);
    for my $name (keys %$wanted) {
        next if $name !~ /^d_/;
        for my $x (numbers($wanted->{$name})) { $gradients = abs $x if abs $x > $gradients }
    }
    for my $name (sort keys %$wanted) {
        next if $ARGV[3] && $name !~ /$ARGV[3]/;
        next if $name eq 'image' || $name eq 'label';
        my ($g, $w) = ($got->{$name}, $wanted->{$name});
        die "$ARGV[0]: there is no $name\n" if !$g;
        my @a = numbers($g);
        my @b = numbers($w);
        die "$name: $g->{shape} against $w->{shape}\n" if @a != @b;
        my ($most, $largest) = (0, 1e-30);
        for my $i (0 .. $#b) {
            die "$name: a number is none\n" if $a[$i] != $a[$i];
            my $difference = abs($a[$i] - $b[$i]);
            $most = $difference if $difference > $most;
            $largest = abs $b[$i] if abs $b[$i] > $largest;
        }
        # what is 0 but for rounding (a bias before a norm) has no digits of its own
        $largest = 1e-2 * $gradients if $name =~ /^d_/ && $largest < 1e-2 * $gradients;
        die sprintf("%s: %.2g off, against %.2g\n", $name, $most / $largest, $bound) if $most > $bound * $largest;
        $compared++;
    }
    print "$compared tensors\n";
} elsif ($command eq 'names') {
    my $t = load($ARGV[0]);
    print "$_ $t->{$_}{type} $t->{$_}{shape}\n" for sort keys %$t;
} elsif ($command eq 'raw') {
    binmode STDOUT;
    print load($ARGV[0])->{$ARGV[1]}{data};
} else {
    die "tensors.pl: no command $command\n";
}
