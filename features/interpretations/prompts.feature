Feature: What Claude is sent
  An editor who looks into a strange text can see what it was made of. Nothing in it says who the reader is.

  @LI-3 @both-databases
  Rule: All that was sent is kept with the text

    Scenario Outline: <report>
      Given Claude is well
      And Ada has lunar returns
      When Ada asks for <report>
      Then Ada is answered with a text whose input is kept
      And Ada is answered with the text that Claude wrote
      And nothing else was changed

      Examples:
        | report                |
        | the report            |
        | the report's climate  |
        | the report's approach |

      @cost.seconds
      Examples: more
        | report                          |
        | the report in English           |
        | the report's focus              |
        | the report's climate in English |

    Scenario: a text that is written again, by another model
      Given Claude is well
      And Ada has a stored text
      And the switch LUNAR_CLAUDE_MODEL is set to "claude-of-another-name"
      And the server is started again
      When Ada sends a request for a new text
      Then Ada is answered with a text whose input is kept
      And Ada is answered with the new text
      And nothing else was changed

  @LI-3
  Rule: The same input makes the same prompt, and another input another one

    Scenario: the same text, written again
      Given Claude is well
      And Ada has a stored text
      When Ada sends a request for a new text
      Then Ada is answered with a text of the same prompt as before

    Scenario: another person with the same chart
      Given Claude is well
      And Ada has lunar returns
      And Grace has lunar returns
      And Ada asks for the report
      When Grace asks for the report
      Then Grace is answered with a text of the same prompt as before

    Scenario: another server process
      Given Claude is well
      And Ada has a stored text
      And the server is started again
      When Ada sends a request for a new text
      Then Ada is answered with a text of the same prompt as before

    Scenario Outline: <other>
      Given Claude is well
      And Ada has lunar returns
      And Grace has other lunar returns
      And Ada asks for the report
      When <who> asks for <report>
      Then <who> is answered with a text of another prompt than before

      Examples:
        | other            | who   | report                |
        | another subject  | Ada   | the report's climate  |
        | another language | Ada   | the report in English |
        | another return   | Grace | the report            |

  @LI-3
  Rule: A prompt names nobody

    Scenario: somebody with an account asks
      Given Claude is well
      And Ada has an account
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with a text of a prompt that names nobody

    Scenario: a text is written again
      Given Claude is well
      And Ada has a stored text
      When Ada sends a request for a new text
      Then Ada is answered with a text of a prompt that names nobody
