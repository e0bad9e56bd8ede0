package shop.cache;

public class Counters {
    static int seen0;  // expect: not-met
    static int seen1;
    static int seen2;
    static int seen3;
    static int seen4;
    static int seen5;
    static int seen6;
    static int seen7;
    static int seen8;
    static int seen9;
    static int seen10;
    static int seen11;
    static int seen12;
    static int seen13;
    static int seen14;
    static int seen15;
    static int seen16;
    static int seen17;
    static int seen18;
    static int seen19;
    static int seen20;
}
