struct SNUG(size(4)) in_api {
  long a;
};
