# Chains written by hand, each with one right answer.
#
# RUN: %snug asm %s --verify
# RUN: not %snug asm %s --verify --expect-config=wrong 2>&1 | FileCheck %s

	.intel_syntax noprefix
	.macro	function name
	.globl	\name
	.type	\name,@function
\name:
	.endm
	.macro	done name
	ret
	.size	\name, .-\name
	.endm

# Nothing is loaded.
# EXPECT: none :: loads=0 chain=0 hops=0
function none
	lea	rax, [rdi + 8*rsi]
done none

# Five loads side by side are as deep as one.
# EXPECT: flat :: loads=5 chain=1
function flat
	mov	rax, [rdi]
	mov	rcx, [rdi + 8]
	mov	rdx, [rdi + 16]
	mov	r8, [rsi]
	mov	r9, [rsi + 8]
done flat

# EXPECT: deep :: loads=4 chain=4 hops=3 cache_lines=4
function deep
	mov	rax, [rdi]
	mov	rax, [rax]
	mov	rax, [rax]
	mov	rax, [rax]
done deep

# The index of an address is waited for as its base is.
# EXPECT: through_index :: loads=2 chain=2
function through_index
	mov	rax, [rsi]
	mov	rax, [rdi + 8*rax]
done through_index

# Arithmetic between two loads keeps the chain; a register that is overwritten by a constant breaks it.
# EXPECT: through_arithmetic :: loads=2 chain=2
function through_arithmetic
	mov	rax, [rdi]
	shl	rax, 4
	xor	rax, rsi
	lea	rax, [rax + 2*rax + 5]
	mov	rax, [rax]
done through_arithmetic
# EXPECT: broken :: loads=2 chain=1
function broken
	mov	rax, [rdi]
	xor	eax, eax
	mov	rax, [rsi + rax]
done broken

# A loaded value that is only added to is no deeper than its own address.
# EXPECT: operand_of_arithmetic :: loads=3 chain=1
function operand_of_arithmetic
	mov	rax, [rdi]
	add	rax, [rdi + 8]
	imul	rax, [rdi + 16]
done operand_of_arithmetic

# cmov waits for both values and for its condition.
# EXPECT: through_condition :: loads=3 chain=3
function through_condition
	mov	rax, [rdi]
	cmp	qword ptr [rax], 0
	cmove	rsi, rdx
	mov	rax, [rsi]
done through_condition

# The two halves of a register are one value.
# EXPECT: through_part :: loads=2 chain=2
function through_part
	xor	eax, eax
	mov	al, [rdi]
	mov	rax, [rsi + rax]
done through_part

# Through a vector register and back.
# EXPECT: through_vector :: loads=2 chain=2
function through_vector
	movq	xmm0, qword ptr [rdi]
	paddq	xmm0, xmm1
	movq	rax, xmm0
	mov	rax, [rax]
done through_vector

# A store's address may be loaded, the store itself lengthens nothing.
# EXPECT: store_behind_loads :: loads=2 chain=2 stores=1
function store_behind_loads
	mov	rax, [rdi]
	mov	rax, [rax + 8]
	mov	dword ptr [rax], 1
done store_behind_loads

# What a call returns begins a chain of its own.
# EXPECT: behind_call :: loads=2 chain=1 calls=1
function behind_call
	mov	rdi, [rdi]
	call	other@PLT
	mov	rax, [rax]
done behind_call

# Wrong statements must fail, and say which loads make the difference.
# EXPECT-wrong: deep :: chain<=2
# EXPECT-wrong: flat :: loads=4
# CHECK:      chain-by-hand.s:[[@LINE-2]]:3: error: 'deep' has a chain of 4 loads; at most 2 were stated [snug-asm-expectation]
# CHECK:      note: load 3 at +6 has depth 3: arg0→0→0→0
# CHECK-NEXT: note: load 4 at +9 has depth 4: arg0→0→0→0→0
# CHECK-NOT:  note
# CHECK:      chain-by-hand.s:[[@LINE-5]]:3: error: 'flat' has 5 loads; 4 were stated [snug-asm-expectation]
# CHECK:      snug: 14 expectations, 12 held
