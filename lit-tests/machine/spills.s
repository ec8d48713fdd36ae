# Reloads of what the function itself stored to its frame are spills: no data loads, and a chain passes through them.
#
# RUN: %snug asm %s --verify
# RUN: %snug asm %s --function=chain_through_spill | FileCheck %s

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

# EXPECT: chain_through_spill :: loads=2 chain=2 spills=1 frame_stores=1 stores=0 frame=24
# CHECK-LABEL: chain_through_spill
# CHECK:       L1   ^1  mov rax, qword ptr [rdi] {{ *}}arg0→0
# CHECK-NEXT:           mov qword ptr [rsp + 8], rax {{ *}}stack-16
# CHECK-NEXT:           call other
# CHECK-NEXT:  spill    mov rax, qword ptr [rsp + 8] {{ *}}stack-16
# CHECK-NEXT:  L2   ^2  mov rax, qword ptr [rax + 8] {{ *}}arg0→0→8
function chain_through_spill
	sub	rsp, 24
	mov	rax, [rdi]
	mov	[rsp + 8], rax
	call	other@PLT
	mov	rax, [rsp + 8]
	mov	rax, [rax + 8]
	add	rsp, 24
done chain_through_spill

# The same slot by way of the frame pointer.
# EXPECT: by_frame_pointer :: loads=1 chain=1 spills=1 frame=24
function by_frame_pointer
	push	rbp
	mov	rbp, rsp
	sub	rsp, 16
	mov	[rbp - 8], rdi
	mov	rax, [rsp + 8]
	mov	rax, [rax]
	leave
done by_frame_pointer

# A leaf may use the red zone.
# EXPECT: red_zone :: loads=0 spills=1 frame=8
function red_zone
	mov	[rsp - 8], rdi
	mov	rax, [rsp - 8]
done red_zone

# Arguments that the caller left on the stack are data.
# EXPECT: stack_arguments :: loads=2 stack_loads=2 spills=0 frame=0
function stack_arguments
	mov	rax, [rsp + 8]
	add	rax, [rsp + 16]
done stack_arguments

# A callee that was handed an address of the frame may have written there: what is read behind it is data.
# EXPECT: escaped :: loads=1 stack_loads=1 spills=0
function escaped
	sub	rsp, 24
	mov	qword ptr [rsp + 8], 0
	lea	rdi, [rsp + 8]
	call	other@PLT
	mov	rax, [rsp + 8]
	add	rsp, 24
done escaped

# A narrow store into a slot leaves nothing known about the whole of it.
# EXPECT: overwritten :: spills=0 stack_loads=1
function overwritten
	mov	[rsp - 8], rdi
	mov	byte ptr [rsp - 4], 0
	mov	rax, [rsp - 8]
done overwritten

# An over-aligned frame keeps its slots.
# EXPECT: over_aligned :: spills=1 stack_loads=0
function over_aligned
	push	rbp
	mov	rbp, rsp
	and	rsp, -64
	sub	rsp, 64
	mov	[rsp + 16], rdi
	call	other@PLT
	mov	rax, [rsp + 16]
	leave
done over_aligned
