# Paths under the names that their author gives them: in listings, and in EXPECT lines that ask where the loads go. A
# dispatch through an ops table makes three loads: two from the promise, one from the table.
#
# RUN: %snug asm %s --function=dispatch --label='rdi=promise,rdi->[16]=ops' | FileCheck %s
# RUN: %snug asm %s --verify 2>&1 | FileCheck %s --check-prefix=HELD
# RUN: not %snug asm %s --verify --expect-config=wrong 2>&1 | FileCheck %s --check-prefix=WRONG
# RUN: printf 'EXPECT: dispatch :: %%s\n' 'loads(ops)=1' 'rdi=x stores(x)=1' 'rdi->[x]=ops loads=1' > %t.txt
# RUN: not %snug asm %s %t.txt --verify 2>&1 | FileCheck %s --check-prefix=OTHER
# RUN: not %snug asm %s --function=dispatch --label='eax=promise' 2>&1 | FileCheck %s --check-prefix=REGISTER
# RUN: not %snug asm %s --function=dispatch --label='rdi->16=ops' 2>&1 | FileCheck %s --check-prefix=STEP
# RUN: not %snug asm %s --function=dispatch --label='rdi' 2>&1 | FileCheck %s --check-prefix=NAME

# CHECK:      loads from: promise 2, ops 1
# CHECK-NEXT: L1 ^1 mov rax, qword ptr [rdi + 16] promise→16
# CHECK-NEXT: L2 ^1 mov rsi, qword ptr [rdi + 24] promise→24
# CHECK-NEXT: L3 ^2 jmp qword ptr [rax + 8] ops→8

# EXPECT: dispatch :: rdi=promise rdi->[16]=ops loads=3 chain=2 loads(promise)=2 loads(ops)=1
# EXPECT: dispatch :: arg0→16=ops loads(ops)<=1
# HELD: snug: 2 expectations, 2 held

# EXPECT-wrong: dispatch :: rdi=promise loads(promise)<=1
# WRONG:      labels.s:[[@LINE-1]]:3: error: 'dispatch' has 2 loads from 'promise'; at most 1 was stated [snug-asm-expectation]
# WRONG:      note: load 1 at +0 has depth 1: promise→16
# WRONG-NEXT: note: load 2 at +4 has depth 1: promise→24

# OTHER: malformed EXPECT: nothing is called 'ops' in this line; a label such as 'rdi=ops' does that
# OTHER: malformed EXPECT: 'stores(x)=1' asks for the stores of one base; 'loads(LABEL)' is what can be asked
# OTHER: malformed EXPECT: 'rdi->[x]=ops' is no label: a step is '->[OFFSET]'

# REGISTER: snug: error: 'eax=promise' is no label: 'eax' is no 64-bit register and none of arg0 to arg5; write 'rdi=promise' or 'rdi->[16]=ops'
# STEP:     snug: error: 'rdi->16=ops' is no label: '->16' is no step
# NAME:     snug: error: 'rdi' is no label: a name is missing behind '='

	.intel_syntax noprefix
	.globl	dispatch
	.type	dispatch,@function
dispatch:
	mov	rax, [rdi + 16]
	mov	rsi, [rdi + 24]
	jmp	[rax + 8]
	.size	dispatch, .-dispatch
