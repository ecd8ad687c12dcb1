Feature: The real Claude
  The stub speaks the protocol as we know it. Now and then somebody with a key checks that the service still does.

  @LI-1 @live
  Rule: With a real key, and no other address, the same code talks to the real service

    Scenario: a report in French
      Given Claude is the real one
      And Ada has lunar returns
      When Ada asks for the report's focus
      Then Ada is answered with a good text of Claude's
      And nothing else was changed
