Feature: When a text cannot be written again
  Whatever keeps the new text from being written, a reader must not pay for it with the old one.

  @LI-5 @both-databases
  Rule: The old text stays, and the request is refused

    Scenario Outline: Claude <fails>
      Given Claude is well
      And Claude is tried once, for 2 seconds at most
      And Ada has a stored text
      And Claude <fails>
      When Ada sends a request for a new text
      Then Ada is answered with a refusal because Claude fails
      And nothing else was changed

      Examples: at once
        | fails                     |
        | answers with 400          |
        | is cut short at its limit |

      @cost.seconds
      Examples: at once, more
        | fails                          |
        | breaks off each connection     |
        | writes in another language     |
        | answers with 500               |
        | answers with 529               |
        | cuts its answers in the middle |
        | refuses to write               |
        | gives advice for five weeks    |

      Examples: as slowly as it is waited for
        | fails         |
        | never answers |

    Scenario: Claude has no time for a while
      Given Claude is well
      And the switch LUNAR_CLAUDE_DEADLINE_S is set to "2"
      And Ada has a stored text
      And Claude answers with 429 for 17 seconds
      When Ada sends a request for a new text
      Then Ada is answered with a refusal because Claude fails, until about 17 seconds from now
      And nothing else was changed

    Scenario: Claude is off
      Given Claude is well
      And Ada has a stored text
      And the server is started again without Claude
      When Ada sends a request for a new text
      Then Ada is answered with a refusal because Claude is off
      And 0 calls of Claude ran for Ada
      And nothing else was changed

    Scenario: nothing was stored, and nothing is
      Given Claude answers with 400
      And Ada has lunar returns
      And Ada asks for the report
      When Ada sends a request for a new text
      Then Ada is answered with a refusal because Claude fails
      And 1 call of Claude ran for Ada
      And nothing else was changed
