# Where paths begin: statics, the global offset table, thread-local storage, results of calls, other registers.
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

# EXPECT: statics :: loads=3 chain=2 static_loads=2 stores=1 cache_lines=3
# CHECK-LABEL: statics
# CHECK:         mov rax, qword ptr [rip + table+16] {{ *}}[table]+16
# CHECK-NEXT:    mov rax, qword ptr [rax + 8] {{ *}}[table]+16→8
# CHECK-NEXT:    lea rcx, [rip + table]
# CHECK-NEXT:    mov eax, dword ptr [rcx + 4*rsi] {{ *}}[table][4*arg1]
# CHECK-NEXT:    mov dword ptr [rip + table+4], 7 {{ *}}[table]+4
function statics
	mov	rax, [rip + table + 16]
	mov	rax, [rax + 8]
	lea	rcx, [rip + table]
	mov	eax, dword ptr [rcx + 4*rsi]
	mov	dword ptr [rip + table + 4], 7
done statics

# A load of the global offset table is a load, and is told apart: the linker may relax it away.
# EXPECT: through_got :: loads=2 chain=2 got_loads=1 static_loads=0
# CHECK-LABEL: through_got
# CHECK:         mov rax, qword ptr [rip + elsewhere@GOT] {{ *}}GOT[elsewhere]
# CHECK-NEXT:    mov eax, dword ptr [rax + 4] {{ *}}GOT[elsewhere]→4
function through_got
	mov	rax, qword ptr [rip + elsewhere@GOTPCREL]
	mov	eax, [rax + 4]
done through_got

# EXPECT: thread_local_storage :: loads=4 tls_loads=3 got_loads=1 chain=2
# CHECK-LABEL: thread_local_storage
# CHECK:         tls+40
# CHECK:         tls[local]
# CHECK:         GOT[external]
# CHECK:         tls[GOT[external]]
function thread_local_storage
	mov	rax, fs:[40]
	mov	eax, fs:[local@TPOFF]
	mov	rcx, qword ptr [rip + external@GOTTPOFF]
	mov	eax, fs:[rcx]
done thread_local_storage

# EXPECT: results :: loads=3 chain=1 calls=2 indirect_calls=1
# CHECK-LABEL: results
# CHECK:         ret(find)→8
# CHECK:         ret(*arg1→0)→0
function results
	push	rsi
	call	_Z4findi@PLT
	mov	rax, [rax + 8]
	pop	rsi
	call	[rsi]
	mov	rax, [rax]
done results

# Registers that hold no argument are named as they are.
# EXPECT: other_registers :: loads=2 chain=1
# CHECK-LABEL: other_registers
# CHECK:         r10→0
# CHECK:         rbx→-8
function other_registers
	mov	rax, [r10]
	mov	rax, [rbx - 8]
done other_registers

# Computed addresses say what went into them.
# CHECK-LABEL: computed
# CHECK:         f(arg0, arg1)→0
function computed
	imul	rdi, rsi
	mov	rax, [rdi]
done computed

# Both lines that an access straddles count; so does the line of a store.
# EXPECT: straddles :: cache_lines=2
function straddles
	mov	rax, [rdi + 60]
done straddles
# EXPECT: lines :: cache_lines=3
function lines
	mov	eax, [rdi + 56]
	mov	eax, [rdi + 64]
	mov	[rdi + 128], eax
	mov	eax, [rdi + 132]
done lines

	.data
table:
	.zero	64
	.size	table, 64
	.section	.tbss,"awT",@nobits
local:
	.zero	4
