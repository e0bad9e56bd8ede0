package lib;

class LibTest {
}
