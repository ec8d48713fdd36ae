// Every header of libstdc++.
#include <bits/stdc++.h>
