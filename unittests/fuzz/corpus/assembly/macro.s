	.text
	.macro m x
	movq \x(%rdi), %rax
	.endm
	.type g,@function
g:
	m 8
	.rept 3
	nop
	.endr
	ret
	.size g, .-g
