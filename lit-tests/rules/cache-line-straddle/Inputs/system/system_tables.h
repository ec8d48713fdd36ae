// What a system header does with its tables is not the user's.
using system_handler = void (*)();
void system_function();
static const system_handler system_table[3] = {system_function, system_function, system_function};
