// --unnamed takes functions of a linked file that no symbol names from the unwinder's tables: same figures as with its name.
//
// RUN: %clangxx --target=x86_64-linux-gnu -O1 -fPIC -shared -nostdlib %s -o %t.so
// RUN: %snug asm %t.so --function='^hidden$' --format=json > %t.named.json
// RUN: llvm-strip -s %t.so -o %t.stripped.so
// RUN: %snug asm %t.stripped.so 2>&1 | FileCheck %s --check-prefix=WITHOUT
// RUN: %snug asm %t.stripped.so --unnamed --width=160 > %t.txt 2>&1
// RUN: FileCheck %s --input-file=%t.txt --implicit-check-not=note
// RUN: %snug asm %t.stripped.so --unnamed --function='[+]0x' --format=json > %t.unnamed.json
// RUN: %python -c 'import json, sys; a, b = (json.load(open(p))["functions"][0] for p in sys.argv[1:]); assert b["name"].startswith("unnamed.sh.cpp.tmp.stripped.so+0x"), b["name"]; ks = [k for k, v in a.items() if isinstance(v, int)]; assert len(ks) > 20 and all(a[k] == b[k] for k in ks), (a, b)' %t.named.json %t.unnamed.json
// A call goes to it by the same name.
// RUN: %snug asm %t.stripped.so --unnamed --function=exported | FileCheck %s --check-prefix=CALL
// What has its name keeps it, and is there once.
// RUN: %snug asm %t.so --unnamed --format=json | %python -c 'import json, sys; n = sorted(f["name"] for f in json.load(sys.stdin)["functions"]); assert n == ["exported", "hidden"], n'
// Where all symbols are gone there is something to show; without the option the message names it.
// RUN: llvm-objcopy --remove-section=.eh_frame --remove-section=.eh_frame_hdr %t.stripped.so %t.bare.so
// RUN: %snug asm %t.bare.so --unnamed | FileCheck %s --check-prefix=BARE
// RUN: not %snug asm %t.so %s --verify --unnamed 2>&1 | FileCheck %s --check-prefix=VERIFY

// WITHOUT: bytes of code lie in no function with a name and are left out; --unnamed shows them
// CHECK:      {{ }}unnamed.sh.cpp.tmp.stripped.so+0x{{[0-9a-f]+$}}
// CHECK:      2 functions
// CALL:       call unnamed.sh.cpp.tmp.stripped.so+0x
// BARE:       exported
// BARE-NOT:   +0x
// VERIFY:     snug: error: --unnamed does not go with --verify: EXPECT lines name functions
extern "C" [[gnu::noinline, gnu::visibility("hidden")]] int hidden(int *p) { return *p + 1; }
extern "C" int exported(int *p) { return hidden(p) * 3; }
