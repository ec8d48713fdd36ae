	.intel_syntax noprefix
f:
	mov rax, [rdi + 8*rsi + 16]
	ret
