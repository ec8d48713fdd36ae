// CHECK: nobody looks
