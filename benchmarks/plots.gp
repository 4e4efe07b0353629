# Draws benchmarks/results/*.csv into benchmarks/plots/*.svg:  gnuplot benchmarks/plots.gp   (from the root of the repository)
set datafile separator comma
set datafile columnheaders
set terminal svg size 720,420 font "sans,13" background rgb "white"
set grid ytics lc rgb "#dddddd"
set border 3
set tics nomirror
set style line 1 lc rgb "#1f6fb4" lw 2 pt 7 ps 0.8
set style line 2 lc rgb "#d1662b" lw 2 pt 5 ps 0.8
set style line 3 lc rgb "#5b8f3a" lw 2 pt 9 ps 0.8
set key top right
set format y "%.1s%c"
R = "benchmarks/results/"
P = "benchmarks/plots/"

set ylabel "events/s"
set yrange [0:*]

# The comparison: every run is a dot, so that the spread shows.
set output P."compare.svg"
names = "actorwebhooks actorwebhooks-reflection raw-limit by-hand by-hand-reflection wolverine syslog-ng"
place(name) = sum [i=1:words(names)] (word(names, i) eq name ? i : 0)
set title "220-byte events, batches of 5,000, signed, one producer, two cores: each run"
set xtics rotate by -20
set for [i=1:words(names)] xtics (word(names, i) i)
set xrange [0.5:7.5]
plot R."compare.csv" using (place(strcol("contender"))):"deliveries_per_second" with points ls 1 notitle
set output P."compare-cpu.svg"
set ylabel "CPU seconds per million events (sender)"
plot R."compare.csv" using (place(strcol("contender"))):"cpu_per_million" with points ls 2 notitle
unset xtics
set xrange [*:*]
set xtics norotate autofreq nomirror
set ylabel "deliveries/s"

set logscale x
set format x "%.0s%c"

set output P."idle-webhooks.svg"
set title "Webhooks that hear nothing, beside one that is busy: memory before the first event"
set xlabel "webhooks"
set ylabel "bytes"
plot R."idle-webhooks.csv" using "webhooks":"idle_bytes" with linespoints ls 1 title "in RAM", \
     "" using "webhooks":"idle_heap_bytes" with linespoints ls 2 title "live on the heap"

set ylabel "deliveries/s"
set output P."busy-webhooks.svg"
set title "Events spread over many webhooks, each with its own requests"
plot R."busy-webhooks.csv" using "webhooks":"deliveries_per_second" with linespoints ls 1 notitle

set output P."patterns.svg"
set title "Patterns of the webhook"
set xlabel "patterns"
plot R."patterns.csv" using "patterns":"deliveries_per_second" with linespoints ls 1 notitle

set output P."fan-out.svg"
set title "Webhooks that hear each event"
set xlabel "webhooks"
plot R."fan-out.csv" using "fan_out":"deliveries_per_second" with linespoints ls 1 notitle

set output P."producers.svg"
set title "Threads that make events"
set xlabel "producers"
plot R."producers.csv" using "producers":"deliveries_per_second" with linespoints ls 1 notitle

set output P."event-size.svg"
set key bottom right
set title "Size of an event"
set xlabel "bytes of an event"
set ylabel "body bytes/s"
of(name) = sprintf("< awk -F, 'NR==1 || $1==\"%s\"' %sevent-size.csv", name, R)
plot of("actorwebhooks") using "event_bytes":(column("deliveries_per_second")*column("event_bytes")) with linespoints ls 1 title "actorwebhooks", \
     of("by-hand") using "event_bytes":(column("deliveries_per_second")*column("event_bytes")) with linespoints ls 2 title "by hand", \
     of("raw-limit") using "event_bytes":(column("deliveries_per_second")*column("event_bytes")) with linespoints ls 3 title "raw limit"
