// A program that executes every counting rule: code of a compiler (sorting, lists, virtual calls, text, atomics, floating
// point), and by hand what compilers seldom write.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <vector>

extern "C" void by_hand(void *memory);

namespace {

struct node {
  node *next;
  std::uint32_t value;
};

struct shape {
  virtual ~shape() = default;
  virtual double area() const = 0;
};
struct square : shape {
  explicit square(double s) : side(s) {}
  double area() const override { return side * side; }
  double side;
};
struct circle : shape {
  explicit circle(double r) : radius(r) {}
  double area() const override { return 3.0 * radius * radius; }
  double radius;
};

thread_local unsigned calls_here;

[[gnu::noinline]] unsigned next_random(std::uint32_t &state) {
  ++calls_here;
  return state = state * 1664525U + 1013904223U;
}

[[gnu::noinline]] unsigned sum_of(const node *n) {
  unsigned sum = 0;
  for (; n; n = n->next)
    sum += n->value;
  return sum;
}

[[gnu::noinline]] unsigned by_table(unsigned kind, unsigned a) {
  switch (kind) {
  case 0: return a * 3;
  case 1: return a ^ 0x55;
  case 2: return a / 7;
  case 3: return a << 3;
  case 4: return ~a;
  case 5: return a + calls_here;
  default: return 1;
  }
}

[[gnu::noinline]] double areas(const std::vector<std::unique_ptr<shape>> &all) {
  double sum = 0;
  for (const auto &s : all)
    sum += s->area();
  return sum;
}

[[gnu::noinline]] void saxpy(float *to, const float *from, float by, unsigned n) {
  for (unsigned i = 0; i != n; ++i)
    to[i] += by * from[i];
}

[[gnu::noinline]] unsigned many_arguments(unsigned a, unsigned b, unsigned c, unsigned d, unsigned e, unsigned f, unsigned g, unsigned h) {
  return a + 2 * b + 3 * c + 5 * d + 7 * e + 11 * f + 13 * g + 17 * h;
}

} // namespace

int main() {
  std::uint32_t state = 1;
  std::vector<unsigned> numbers;
  for (int i = 0; i != 120; ++i)
    numbers.push_back(next_random(state));
  std::sort(numbers.begin(), numbers.end());

  std::vector<node> list(40);
  for (std::size_t i = 0; i != list.size(); ++i)
    list[i] = {i + 1 != list.size() ? &list[i + 1] : nullptr, numbers[i]};
  unsigned sum = sum_of(list.data());
  for (unsigned i = 0; i != 40; ++i)
    sum += by_table(i % 7, i) + many_arguments(i, 1, 2, 3, 4, 5, i, 7);

  std::map<std::string, unsigned> words;
  for (unsigned n : numbers)
    ++words["word " + std::to_string(n % 17)];
  for (const auto &[word, count] : words)
    sum += static_cast<unsigned>(word.size()) * count;

  std::vector<std::unique_ptr<shape>> shapes;
  for (int i = 0; i != 20; ++i)
    shapes.push_back(i % 2 ? std::unique_ptr<shape>(new square(i)) : std::unique_ptr<shape>(new circle(i)));

  float to[64] = {}, from[64];
  for (unsigned i = 0; i != 64; ++i)
    from[i] = static_cast<float>(i);
  saxpy(to, from, 2.0F, 64);

  std::atomic<unsigned> counter{0};
  for (unsigned i = 0; i != 16; ++i) {
    counter.fetch_add(i);
    counter.fetch_or(1);
    unsigned expected = counter.load();
    counter.compare_exchange_strong(expected, expected + 1);
    counter.exchange(counter + 3);
  }

  alignas(64) static unsigned char memory[4096];
  for (std::size_t i = 0; i != sizeof memory; ++i)
    memory[i] = static_cast<unsigned char>(i);
  by_hand(memory);
  std::printf("%u %u %.1f %.1f\n", sum, counter.load(), areas(shapes), static_cast<double>(to[63]));
}

// Each rule of the counting table that compilers write seldom or never. The first argument points into 4 KiB.
asm(R"(
	.intel_syntax noprefix
	.text
	.globl	by_hand
	.type	by_hand,@function
by_hand:
	push	rbp
	mov	rbp, rsp
	push	rbx
	push	r12
	push	r13
	push	r14
	push	r15
	sub	rsp, 136
	mov	rbx, rdi
	mov	r12d, 20
.Lround:
	# memory operands without an access
	lea	rax, [rbx + 8]
	nop	dword ptr [rbx]
	prefetcht0	[rbx]
	prefetchnta	[rbx + 64]
	clflush	[rbx]
	lfence
	mfence
	pause
	# stack forms with memory
	push	qword ptr [rbx]
	pop	qword ptr [rbx + 8]
	push	5
	pop	rax
	pushfq
	popfq
	lea	rax, [rip + leaf]
	mov	[rbx + 16], rax
	call	qword ptr [rbx + 16]
	call	rax
	call	leaf
	# read-modify-write
	add	dword ptr [rbx + 24], 1
	inc	qword ptr [rbx + 32]
	not	byte ptr [rbx + 40]
	shl	dword ptr [rbx + 44], 3
	adc	qword ptr [rbx + 48], rax
	setc	byte ptr [rbx + 56]
	bts	qword ptr [rbx + 64], 3
	bt	qword ptr [rbx + 64], 3
	cmp	dword ptr [rbx], 1
	test	qword ptr [rbx + 8], rax
	xchg	ecx, dword ptr [rbx + 72]
	lock	xadd qword ptr [rbx + 80], rax
	lock	inc dword ptr [rbx + 88]
	lock	or dword ptr [rbx + 92], 1
	xor	eax, eax
	lock	cmpxchg qword ptr [rbx + 96], rcx
	xor	eax, eax
	xor	edx, edx
	lock	cmpxchg16b xmmword ptr [rbx + 112]
	# string instructions, alone and repeated
	cld
	mov	rsi, rbx
	lea	rdi, [rbx + 512]
	movsb
	movsw
	movsd
	movsq
	lodsb
	lodsq
	stosd
	scasb
	mov	ecx, 5
	rep	movsb
	mov	ecx, 4
	rep	stosq
	xor	ecx, ecx
	rep	movsq
	mov	ecx, 9
	mov	rdi, rbx
	mov	al, 3
	repne	scasb
	mov	rsi, rbx
	mov	rdi, rbx
	mov	ecx, 6
	repe	cmpsb
	lea	rdi, [rbx + 256]
	pcmpeqd	xmm1, xmm1
	maskmovdqu	xmm0, xmm1
	# moves of every kind
	movzx	eax, byte ptr [rbx]
	movsx	rax, word ptr [rbx + 2]
	movsxd	rax, dword ptr [rbx + 4]
	movbe	eax, dword ptr [rbx + 8]
	movnti	dword ptr [rbx + 12], eax
	cmovne	rax, qword ptr [rbx]
	cmove	rax, qword ptr [rbx]
	popcnt	rax, qword ptr [rbx]
	lzcnt	rax, qword ptr [rbx]
	mul	qword ptr [rbx]
	imul	eax, dword ptr [rbx], 3
	movups	xmm0, [rbx + 1]
	movaps	[rbx + 128], xmm0
	movlps	xmm0, qword ptr [rbx]
	movhps	qword ptr [rbx + 8], xmm0
	movss	xmm2, dword ptr [rbx]
	movsd	qword ptr [rbx + 16], xmm2
	addsd	xmm2, qword ptr [rbx + 136]
	cvtsi2sd	xmm3, dword ptr [rbx]
	pextrb	byte ptr [rbx], xmm0, 3
	pinsrd	xmm0, dword ptr [rbx], 1
	movdqu	xmm4, [rbx]
	pshufb	xmm4, [rbx + 128]
	vmovdqu	ymm1, [rbx]
	vmovdqu	[rbx + 160], ymm1
	vextracti128	xmmword ptr [rbx + 192], ymm1, 1
	vbroadcastss	ymm5, dword ptr [rbx]
	vpaddd	ymm1, ymm1, [rbx + 32]
	vfmadd231ps	xmm5, xmm5, [rbx + 128]
	vpxor	xmm6, xmm6, xmm6
	vpcmpeqd	xmm7, xmm7, xmm7
	vpgatherdd	xmm8, [rbx + 4*xmm6], xmm7
	vpcmpeqd	xmm7, xmm7, xmm7
	vmaskmovps	xmm8, xmm7, [rbx]
	vmaskmovps	[rbx + 128], xmm7, xmm8
	vmaskmovps	[rbx + 128], xmm6, xmm8
	vzeroupper
	# x87 and its environment
	fld	qword ptr [rbx + 16]
	fadd	dword ptr [rbx]
	fistp	qword ptr [rbx + 24]
	fnstcw	word ptr [rbx + 32]
	fldcw	word ptr [rbx + 32]
	stmxcsr	dword ptr [rbx + 36]
	ldmxcsr	dword ptr [rbx + 36]
	# the frame, thread-local memory, statics and tables
	mov	[rsp + 8], rax
	mov	rax, [rsp + 8]
	mov	rax, qword ptr fs:[0]
	mov	eax, dword ptr [rip + table]
	mov	eax, r12d
	and	eax, 1
	lea	rdx, [rip + table]
	movsxd	rax, dword ptr [rdx + 4*rax]
	add	rax, rdx
	jmp	rax
.Lcase0:
	inc	qword ptr [rbx + 40]
.Lcase1:
	dec	r12d
	jne	.Lround
	add	rsp, 136
	pop	r15
	pop	r14
	pop	r13
	pop	r12
	pop	rbx
	leave
	ret
	.size	by_hand, .-by_hand
	.type	leaf,@function
leaf:
	ret
	.size	leaf, .-leaf
	.section	.rodata
	.p2align	2
table:
	.long	.Lcase0-table
	.long	.Lcase1-table
	.text
	.att_syntax
)");
