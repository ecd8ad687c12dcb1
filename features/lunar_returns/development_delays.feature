Feature: Invalid delays of development
  In development a header lengthens a calculation, so that what waits for it can be seen. A value that is no number of
  milliseconds is refused at once, and nothing is calculated.

  @LR-8
  Rule: A delay that is not a number of milliseconds is refused, and nothing is calculated

    Scenario Outline: a delay of <delay>
      Given Ada has a natal chart
      When Ada sends a delay of <delay>
      Then Ada is told that the field "X-Dev-Delay-Ms" is wrong
      And 0 calculations ran for Ada
      And nothing else was changed

      Examples:
        | delay         |
        | nothing       |
        | -1            |
        | 60001         |
        | 1e3           |
        | 0x10          |
        | 1.5           |
        | soon          |
        | 5000 digits   |
        | a superscript |

    Scenario: outside development nobody reads it
      Given a server whose environment is "production"
      And Ada has a natal chart
      When Ada sends a delay of soon
      Then Ada is answered with a return that has begun
      And 1 generation ran for Ada
      And nothing else was changed
