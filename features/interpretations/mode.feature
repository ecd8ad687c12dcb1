Feature: Whether Claude is asked, and which model
  Switching Claude off is the operator's first measure when something goes wrong, so it must work, whatever else is
  set; and a server without a key must say so rather than fail readers one by one.

  @LI-11 @both-databases
  Rule: Claude is not asked where it is switched off, or where there is no key

    Scenario: switched off
      Given Claude is well
      And the switch LUNAR_LLM_MODE is set to "off"
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the template
      And 0 calls of Claude ran for Ada
      And the log has 1 request that fell back, and says once that Claude is off
      And nothing else was changed

    Scenario: without a key
      Given Claude is well
      And the switch ANTHROPIC_API_KEY is not set
      And Ada has lunar returns
      When Ada asks for the report, 20 times in a row
      Then Ada is answered with the template
      And 0 calls of Claude ran for Ada
      And the log has 20 requests that fell back, and says once that Claude is off
      And nothing else was changed

    Scenario: switched off, with a text that is stored
      Given Claude is well
      And Ada has a stored text
      And the server is started again without Claude
      When Ada asks for the report
      Then Ada is answered with the stored text
      And nothing else was changed

    Scenario: switched on
      Given Claude is well
      And the switch LUNAR_LLM_MODE is set to "anthropic"
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with the text that Claude wrote
      And nothing else was changed

    Scenario: another model
      Given Claude is well
      And the switch LUNAR_CLAUDE_MODEL is set to "claude-of-another-name"
      And Ada has lunar returns
      When Ada asks for the report
      Then Ada is answered with a text whose input is kept
      And Ada is answered with the text that Claude wrote
      And nothing else was changed

    Scenario: what the source calls the life of a text is no setting
      Given Claude is well
      And the switch INTERPRETATION_CACHE_TTL is set to "0"
      And Ada has a stored text
      When Ada asks for the report
      Then Ada is answered with the stored text
      And nothing else was changed

  @LI-11 @target.process
  Rule: A server whose switches make no sense does not start

    Scenario Outline: <switch> is <value>
      Given the switch ANTHROPIC_API_KEY is set to "<key>"
      And the switch <switch> is set to "<value>"
      When the server is started
      Then it ends with exit code 64
      And it says "<switch>"

      Examples:
        | key | switch                       | value     |
        |     | LUNAR_LLM_MODE               | anthropic |
        | k   | LUNAR_INTERPRETATION_VERSION | 0         |

      @cost.seconds
      Examples: more
        | key | switch                       | value                |
        | k   | ANTHROPIC_BASE_URL           | http://198.51.100.7/ |
        | k   | LUNAR_CLAUDE_DEADLINE_S      | -1                   |
        | k   | LUNAR_LLM_MODE               | on                   |
        | k   | LUNAR_INTERPRETATION_VERSION | two                  |
        | k   | ANTHROPIC_BASE_URL           | api.anthropic.com    |
        | k   | LUNAR_READER_WAIT_S          | 0                    |
        | k   | LUNAR_CLAUDE_MODEL           | a b                  |
