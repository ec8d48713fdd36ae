# Where ways join, the deeper one counts and both paths are named; loops are walked once, and what each round adds to
# the chain is told apart.
#
# RUN: %snug asm %s --verify
# RUN: %snug asm %s --function=. | FileCheck %s

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

# Static count 3, but no way through makes more than 3; the deeper way decides the chain.
# EXPECT: deeper_way :: loads=4 path_loads=3 chain=3
# CHECK-LABEL: deeper_way
# CHECK:       longest way: 7 instructions, 3 loads, 0 stores
# CHECK:       L4   ^3  mov rax, qword ptr [rax] {{ *}}{arg0→0→0 | arg1→0}→0
function deeper_way
	test	edx, edx
	je	.Lother
	mov	rax, [rdi]
	mov	rax, [rax]
	jmp	.Lboth
.Lother:
	mov	rax, [rsi]
.Lboth:
	mov	rax, [rax]
done deeper_way

# Equal values on both ways stay one value: two cache lines, not three.
# EXPECT: same_on_both_ways :: loads=3 path_loads=2 chain=2 cache_lines=2
function same_on_both_ways
	test	edx, edx
	je	.Lsecond
	mov	rax, [rdi]
	jmp	.Ljoined
.Lsecond:
	mov	rax, [rdi]
.Ljoined:
	mov	rax, [rax + 8]
done same_on_both_ways

# EXPECT: list :: loads=2 chain=1 loop_chain=1
# CHECK-LABEL: list
# CHECK:       loop .L1: each round adds 1 load to the chain
# CHECK:       loop(arg0)→8
function list
	xor	eax, eax
.Lnext:
	add	eax, [rdi + 8]
	mov	rdi, [rdi]
	test	rdi, rdi
	jne	.Lnext
done list

# Two loads per round.
# EXPECT: list_of_handles :: loop_chain=2
function list_of_handles
.Lhandle:
	mov	rax, [rdi]
	mov	rdi, [rax + 16]
	test	rdi, rdi
	jne	.Lhandle
done list_of_handles

# An array's rounds do not wait for each other, nor does a register that merely still holds the last element.
# EXPECT: array :: loads=2 chain=2 loop_chain=0
function array
.Lelement:
	mov	rax, [rdi]
	mov	rax, [rax]
	add	rdi, 8
	cmp	rdi, rsi
	jne	.Lelement
done array

# The list's head lives in the frame, as without optimisation.
# EXPECT: list_in_frame :: loads=1 spills=1 loop_chain=1
function list_in_frame
	mov	[rsp - 8], rdi
.Lslot:
	mov	rax, [rsp - 8]
	mov	rax, [rax]
	mov	[rsp - 8], rax
	test	rax, rax
	jne	.Lslot
done list_in_frame

# What the entry does not reach is counted, but is on no way from the entry.
# EXPECT: with_landing_pad :: loads=3 chain=1 path_loads=1
# CHECK-LABEL: with_landing_pad
# CHECK:       (not reached from the entry: a landing pad)
function with_landing_pad
	mov	rax, [rdi]
	ret
	mov	rax, [rbx]
	mov	rax, [rax]
done with_landing_pad

# A call that never returns ends its way.
# EXPECT: throws :: loads=2 path_loads=1 calls=1
function throws
	mov	rax, [rdi]
	call	__cxa_throw@PLT
	mov	rax, [rax]
done throws

# What vectors hold is joined as well, from whichever way they were set on.
# EXPECT: vector_of_one_way :: loads=2 chain=2
function vector_of_one_way
	test	esi, esi
	js	.Lempty
	movq	xmm0, [rdi]
.Lempty:
	movq	rax, xmm0
	mov	rax, [rax]
done vector_of_one_way

# EXPECT: a_vector_of_each_way :: loads=4 path_loads=3 chain=2
# CHECK-LABEL: a_vector_of_each_way
# CHECK:       ^2  mov rax, qword ptr [rax]
# CHECK:       ^2  mov rdx, qword ptr [rdx]
function a_vector_of_each_way
	test	esi, esi
	jns	.Lfirst
	movq	xmm1, [rdi]
	jmp	.Lvectors
.Lfirst:
	movq	xmm0, [rdi]
.Lvectors:
	movq	rax, xmm0
	movq	rdx, xmm1
	mov	rax, [rax]
	mov	rdx, [rdx]
done a_vector_of_each_way

# A call in a loop may change what the next round reads.
# CHECK-LABEL: called_in_loop
# CHECK:       ^2  mov rax, qword ptr [rsi] {{ *}}loop(arg0→0)→0
function called_in_loop
	mov	rsi, [rdi]
.Lround:
	mov	rax, [rsi]
	call	g
	test	eax, eax
	jne	.Lround
done called_in_loop

# The blocks of one function say nothing of those of the next.
# EXPECT: counts_down :: loads=0 loop_chain=0
function counts_down
	test	rdi, rdi
	je	.Lcounted
.Lcount:
	dec	ecx
	jne	.Lcount
.Lcounted:
done counts_down

# EXPECT: list_behind_it :: loads=1 loop_chain=1
function list_behind_it
	test	rdi, rdi
	je	.Lwalked
.Lwalk:
	mov	rdi, [rdi]
	test	rdi, rdi
	jne	.Lwalk
.Lwalked:
done list_behind_it

# A jump to the last instruction.
# EXPECT: last_by_a_jump :: loads=1 path_loads=1 tail_calls=1
function last_by_a_jump
	test	esi, esi
	js	.Llast
	ret
.Llast:
	jmp	[rdi]
	.size	last_by_a_jump, .-last_by_a_jump
