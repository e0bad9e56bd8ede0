package shop.export;

import java.io.FileWriter;  // expect: not-met
import java.io.IOException;

public class Export {
    void write(String text) throws IOException {
        try (FileWriter out = new FileWriter("orders.csv")) {
            out.write(text);
        }
    }
}
