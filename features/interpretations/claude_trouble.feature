Feature: What counts as trouble of Claude's
  The breaker must open when Claude is in trouble, and only then: one request that Claude refuses, or one bad moment a
  day, must not keep texts from everybody.

  @LI-6 @both-databases
  Rule: Failures in a row open the breaker, a refusal does not, and each failed try keeps it open

    Scenario: a request that Claude refuses
      Given Claude answers with 400
      And Claude is tried once, and left alone after 1 failure
      And Ada has lunar returns
      And Ada asks for the report
      And Claude is well again
      When Ada asks for the report
      Then Ada is answered with the text that Claude wrote
      And 1 call of Claude ran for Ada

    Scenario: two failures, with a text between them
      Given Claude answers with 500 once
      And the switch LUNAR_CLAUDE_FAILURES_MAX is set to "2"
      And Ada has lunar returns
      And Ada asks for the report
      And Claude answers with 500 once
      When Ada asks for the report's climate
      Then Ada is answered with the text that Claude wrote
      And 2 calls of Claude ran for Ada

    Scenario: Claude is tried after its rest, and fails again
      Given Claude answers with 500
      And Claude is tried once, and left alone for 1500 ms after 1 failure
      And Ada has lunar returns
      And Ada asks for the report
      When Ada asks for the report, until Claude is called, and once more
      Then Ada is answered with the template
      And 1 call of Claude ran for Ada
