	.globl	f
	.type	f,@function
f:
	pushq	%rbx
	movq	8(%rdi), %rax
	cmpl	$2, %esi
	ja	.L3
	leaq	.L4(%rip), %rdx
	movslq	(%rdx,%rsi,4), %rcx
	addq	%rdx, %rcx
	jmp	*%rcx
.L1:
	lock	incl 4(%rax)
.L2:
	movq	(%rax), %rax
	testq	%rax, %rax
	jne	.L2
.L3:
	movq	g@GOTPCREL(%rip), %rax
	call	*8(%rax)
	rep	movsb
	popq	%rbx
	ret
	.size	f, .-f
	.section	.rodata
.L4:
	.long	.L1-.L4
	.long	.L2-.L4
	.long	.L3-.L4
