// The part of run_loop that needs threads lives here.
