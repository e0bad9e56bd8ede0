package shop;

import com.tngtech.archunit.lang.ArchRule;  // expect: met
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

public class BoundariesTest {
    static final ArchRule RULE = SlicesRuleDefinition.slices().matching("shop.(*)..").should().notDependOnEachOther();
}
