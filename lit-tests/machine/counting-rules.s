# The counting rules, one by one. LLVM's own flags would give other figures for most of these: prefetches and fences
# carry mayLoad, string instructions carry nothing, and the traffic of push and call is not there at all.
#
# RUN: %snug asm %s --verify

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

# Memory operands without an access.
# EXPECT: no_access :: loads=0 stores=0
function no_access
	lea	rax, [rdi + 8]
	nop	dword ptr [rdi]
	nop	word ptr [rax + rax]
	prefetcht0	[rdi]
	prefetchnta	[rdi]
	prefetchw	[rdi]
	clflush	[rdi]
	clflushopt	[rdi]
	clwb	[rdi]
	cldemote	[rdi]
	ud1	eax, [rdi]
done no_access

# No memory operand, although LLVM says that they load or store.
# EXPECT: flags_lie :: loads=0 stores=0
function flags_lie
	lfence
	sfence
	mfence
	pause
	rdfsbase	rax
	rdtsc
	int3
done flags_lie

# push, pop, call, ret and leave move the stack: counted apart. ret is one of the loads.
# EXPECT: implicit_stack :: loads=0 stores=0 spills=0 implicit_loads=3 implicit_stores=3 frame=16
function implicit_stack
	push	rbp
	mov	rbp, rsp
	push	rbx
	call	other@PLT
	pop	rbx
	leave
done implicit_stack

# Memory operands of the same instructions are data.
# EXPECT: stack_with_memory :: loads=2 stores=1 indirect_calls=1 calls=1 implicit_stores=2
function stack_with_memory
	push	qword ptr [rdi]
	call	qword ptr [rsi + 8]
	pop	qword ptr [rbx]
done stack_with_memory

# popcnt is no pop.
# EXPECT: popcnt_is_no_pop :: loads=1 implicit_loads=1
function popcnt_is_no_pop
	popcnt	rax, [rdi]
done popcnt_is_no_pop

# EXPECT: string_movs :: loads=1 stores=1
function string_movs
	movsq
done string_movs
# EXPECT: string_lods :: loads=1 stores=0
function string_lods
	lodsb
done string_lods
# EXPECT: string_stos :: loads=0 stores=1
function string_stos
	stosd
done string_stos
# EXPECT: string_scas :: loads=1 stores=0
function string_scas
	scasb
done string_scas
# EXPECT: string_cmps :: loads=2 stores=0
function string_cmps
	cmpsb
done string_cmps
# With rep, once for all rounds; a prefix is no instruction of its own.
# EXPECT: string_rep :: loads=1 stores=1 instructions=2
function string_rep
	rep	movsb
done string_rep

# EXPECT: table_byte :: loads=1 stores=0
function table_byte
	xlatb
done table_byte
# EXPECT: masked :: loads=0 stores=1
function masked
	maskmovdqu	xmm0, xmm1
done masked

# Read-modify-write is a load and a store; a lock prefix is part of its instruction.
# EXPECT: modify :: loads=3 stores=3 atomics=0
function modify
	add	dword ptr [rdi], 1
	inc	qword ptr [rdi + 8]
	not	byte ptr [rdi + 16]
done modify
# EXPECT: compare_only :: loads=2 stores=0
function compare_only
	cmp	dword ptr [rdi], 1
	test	qword ptr [rdi + 8], rax
done compare_only
# EXPECT: locked :: loads=4 stores=4 atomics=4 instructions=5
function locked
	lock	xadd qword ptr [rdi], rax
	lock	cmpxchg16b xmmword ptr [rdi]
	lock	inc dword ptr [rdi]
	xchg	qword ptr [rdi], rax
done locked

# EXPECT: wide :: loads=2 stores=3
function wide
	vmovups	zmm0, [rdi]
	vmovdqu	ymm1, [rsi]
	vmovups	[rdx], zmm0
	vextractf64x2	xmmword ptr [rcx], zmm0, 1
	vextracti128	xmmword ptr [rcx], ymm1, 1
done wide
# A gather is one load.
# EXPECT: gather :: loads=1 stores=0
function gather
	vgatherdps	xmm0, [rdi + 4*xmm1], xmm2
done gather

# Addresses without a register.
# EXPECT: fixed_address :: loads=2 stores=1 static_loads=2
function fixed_address
	movabs	eax, dword ptr [81985529216486895]
	mov	ecx, dword ptr [4096]
	movabs	qword ptr [81985529216486895], rax
done fixed_address
