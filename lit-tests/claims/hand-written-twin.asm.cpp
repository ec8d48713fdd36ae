// CLAIM: the compiler folds all the offsets: composition costs nothing
// SOURCE: P3425, "An Observation"
// VERDICT: reproduced (connect and start of the example compile to as many instructions as the code written by hand)
// RUN: %compile -c %source_root/bench/instruction_counts.cpp -o %t.o
// RUN: %snug asm %t.o --function='^op4_snug$' --format=json | %figures --name='connect and start, composed' > %t.txt
// RUN: %snug asm %t.o --function='^op4_hand$' --format=json | %figures --name='connect and start, by hand' >> %t.txt
// RUN: %snug asm %t.o --function='^chain8_snug$' --format=json | %figures --name='eight levels, composed' >> %t.txt
// RUN: %snug asm %t.o --function='^chain8_hand$' --format=json | %figures --name='eight levels, by hand' >> %t.txt
// RUN: FileCheck %s --check-prefix=MEASURED < %t.txt
// MEASURED: connect and start, composed: 8 instructions, 20 bytes, 5 loads
// MEASURED: connect and start, by hand: 8 instructions, 20 bytes, 5 loads
// MEASURED: eight levels, composed: 18 instructions, 51 bytes, 9 loads
// MEASURED: eight levels, by hand: 18 instructions, 51 bytes, 9 loads
