# --mca prints what LLVM's model of a processor says, in the very figures of llvm-mca, and calls it an estimate.
#
# RUN: llvm-mca -mtriple=x86_64-linux-gnu -mcpu=skylake -iterations=100 %s > %t.txt
# RUN: %snug asm %s --function=sum --mca=skylake >> %t.txt
# RUN: FileCheck %s --input-file=%t.txt
# RUN: %snug asm %s --function=sum --mca=znver3 | FileCheck %s --check-prefix=OTHER
# RUN: not %snug asm %s --function=sum --mca=skylaek 2>&1 | FileCheck %s --check-prefix=UNKNOWN
# RUN: not %snug asm %s --mca=skylake 2>&1 | FileCheck %s --check-prefix=ALL
# RUN: not %snug asm %s --verify --mca=skylake 2>&1 | FileCheck %s --check-prefix=ALL

# CHECK: Total Cycles: [[#CYCLES:]]
# CHECK: estimate for skylake (llvm-mca; nothing is measured): [[#CYCLES]] cycles for 100 runs, 2.2 a run; 8 micro-operations,
# OTHER: estimate for znver3
# UNKNOWN: snug: error: --mca: LLVM knows no processor 'skylaek'; there is 'skylake'
# ALL: snug: error: --mca prints estimates below the listings that --function shows as text; nothing is ever held to them

	.intel_syntax noprefix
	.globl	sum
	.type	sum,@function
sum:
	mov	rax, [rdi]
	mov	rax, [rax]
	imul	eax, dword ptr [rax + 8]
	add	eax, esi
	ret
	.size	sum, .-sum
