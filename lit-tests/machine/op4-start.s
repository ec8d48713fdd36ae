# The machine code of P3425's example (its slide "extra pointer dereferences"): start() of four nested operation states,
# with stored receivers and with inlined ones. The figures are the paper's: 10 loads, five deep, against 6, none of
# which waits for another; 14 against 10 instructions; 48 against 34 bytes.
#
# RUN: %snug asm %s --verify
# RUN: %snug asm %s | FileCheck %s --check-prefix=TABLE
# RUN: %snug asm %s --function=start_op_stored | FileCheck %s --check-prefix=LIST --strict-whitespace

# EXPECT: start_op_stored :: loads=10 chain=5 hops=4 stores=0 spills=0 instructions=14 bytes=48 cache_lines=6 calls=1
# EXPECT: start_op_inlined :: loads=6 chain=1 hops=0 stores=0 spills=0 instructions=10 bytes=34 cache_lines=1 calls=1
# EXPECT: make_op_stored :: loads=0 stores=11 instructions=16 cache_lines=2
# EXPECT: make_op_inlined :: loads=0 stores=6 instructions=8 cache_lines=1

# TABLE:      insns    bytes  loads  chain stores spills  calls  lines  function
# TABLE-NEXT:    14       48     10      5      0      0      1      6  start_op_stored
# TABLE-NEXT:    10       34      6      1      0      0      1      1  start_op_inlined
# TABLE:      4 functions

# LIST:      start_op_stored
# LIST-NEXT: {{^}}  14 instructions, 48 bytes; frame 0 bytes
# LIST-NEXT: {{^}}  loads 10, chain 5; stores 0; spills 0; calls 1 (0 indirect, 1 tail call); cache lines 6
# LIST-NEXT: {{^}}  loads from: arg0 4, arg0→56 1, arg0→56→0 2, arg0→56→0→0 2, arg0→56→0→0→0 1
# LIST-NEXT: {{^}}  L1   ^1  mov eax, dword ptr [rdi + 68]                arg0→68
# LIST-NEXT: {{^}}  L2   ^1  add eax, dword ptr [rdi + 72]                arg0→72
# LIST-NEXT: {{^}}  L3   ^1  mov rcx, qword ptr [rdi + 56]                arg0→56
# LIST-NEXT: {{^}}  L4   ^1  add eax, dword ptr [rdi + 64]                arg0→64
# LIST-NEXT: {{^}}  L5   ^2  mov rcx, qword ptr [rcx]                     arg0→56→0
# LIST-NEXT: {{^}}  L6   ^3  imul eax, dword ptr [rcx + 8]                arg0→56→0→8
# LIST-NEXT: {{^}}  L7   ^3  mov rcx, qword ptr [rcx]                     arg0→56→0→0
# LIST-NEXT: {{^}}  L8   ^4  mov rdx, qword ptr [rcx]                     arg0→56→0→0→0
# LIST-NEXT: {{^}}  L9   ^5  mov esi, dword ptr [rdx + 8]                 arg0→56→0→0→0→8
# LIST-NEXT: {{^}}  L10  ^4  add eax, dword ptr [rcx + 8]                 arg0→56→0→0→8
# LIST-NEXT: {{^}}           sub esi, eax
# LIST-NEXT: {{^}}           lea rdi, [rip + .Lformat]
# LIST-NEXT: {{^}}           xor eax, eax
# LIST-NEXT: {{^}}           jmp printf
# LIST-NEXT: cache lines: each base taken to be aligned to 64 bytes

	.intel_syntax noprefix
	.text
	.globl	start_op_stored
	.type	start_op_stored,@function
start_op_stored:
	mov	eax, dword ptr [rdi + 68]
	add	eax, dword ptr [rdi + 72]
	mov	rcx, qword ptr [rdi + 56]
	add	eax, dword ptr [rdi + 64]
	mov	rcx, qword ptr [rcx]
	imul	eax, dword ptr [rcx + 8]
	mov	rcx, qword ptr [rcx]
	mov	rdx, qword ptr [rcx]
	mov	esi, dword ptr [rdx + 8]
	add	eax, dword ptr [rcx + 8]
	sub	esi, eax
	lea	rdi, [rip + .Lformat]
	xor	eax, eax
	jmp	printf@PLT
	.size	start_op_stored, .-start_op_stored

	.globl	start_op_inlined
	.type	start_op_inlined,@function
start_op_inlined:
	mov	eax, dword ptr [rdi + 16]
	add	eax, dword ptr [rdi + 20]
	add	eax, dword ptr [rdi + 12]
	imul	eax, dword ptr [rdi + 8]
	mov	esi, dword ptr [rdi]
	add	eax, dword ptr [rdi + 4]
	sub	esi, eax
	lea	rdi, [rip + .Lformat]
	xor	eax, eax
	jmp	printf@PLT
	.size	start_op_inlined, .-start_op_inlined

	.globl	make_op_stored
	.type	make_op_stored,@function
make_op_stored:
	mov	rax, rdi
	mov	qword ptr [rdi], 0
	mov	dword ptr [rdi + 8], ecx
	add	rdi, 16
	mov	qword ptr [rax + 16], rax
	mov	dword ptr [rax + 24], esi
	lea	rsi, [rax + 32]
	mov	qword ptr [rax + 32], rdi
	mov	dword ptr [rax + 40], edx
	lea	rdx, [rax + 48]
	mov	qword ptr [rax + 48], rsi
	mov	qword ptr [rax + 56], rdx
	mov	dword ptr [rax + 64], r9d
	mov	dword ptr [rax + 68], r8d
	mov	dword ptr [rax + 72], ecx
	ret
	.size	make_op_stored, .-make_op_stored

	.globl	make_op_inlined
	.type	make_op_inlined,@function
make_op_inlined:
	mov	rax, rdi
	mov	dword ptr [rdi], ecx
	mov	dword ptr [rdi + 4], esi
	mov	dword ptr [rdi + 8], edx
	mov	dword ptr [rdi + 12], r9d
	mov	dword ptr [rdi + 16], r8d
	mov	dword ptr [rdi + 20], ecx
	ret
	.size	make_op_inlined, .-make_op_inlined

	.section	.rodata.str1.1,"aMS",@progbits,1
.Lformat:
	.asciz	"%d\n"
