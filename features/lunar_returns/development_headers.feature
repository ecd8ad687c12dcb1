Feature: Invalid development headers
  In development a header names the user, and another lengthens a calculation. An invalid header is refused at
  once: no user is created, and nothing is calculated.

  @LR-8
  Rule: A header that cannot name a user is refused, and no user is created

    Scenario Outline: <header>
      Given Grace has a natal chart
      When somebody sends the header <header>
      Then somebody is refused with 401 "names no user"
      And nothing else was changed

      Examples:
        | header                                   |
        | X-Dev-User-Id with the number 0          |
        | X-Dev-User-Id with the number -1         |
        | X-Dev-User-Id with the number 2147483648 |
        | X-Dev-User-Id with 5000 digits           |
        | X-Dev-User-Id with a word                |
        | X-Dev-User-Id with nothing               |
        | X-Dev-External-Id with nothing           |
        | X-Dev-External-Id with 129 characters    |
        | X-Dev-External-Id with a tab inside      |

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
