Feature: Users of development
  In development a header names the user, so that a tester needs no account. Each user is created with their first
  request; a header that cannot name a user is refused, and no user is created.

  @AC-8 @both-databases
  Rule: A user named for the first time is created once, even by many requests at once

    Scenario: the first ten requests of somebody give a natal chart
      Given the switch DEV_AUTH_BYPASS is set to "1"
      When Ada sends a natal chart 10 times at once
      Then all 10 of them are granted
      And 1 welcome ran for Ada
      And Ada is answered with the natal chart that was sent
      And nothing else was changed

  @AC-8
  Rule: A header that can name a user lets them in

    Scenario Outline: <header>
      Given Grace has a natal chart
      When somebody sends the header <header>
      Then somebody is answered with a return that has begun
      And the server is well

      Examples:
        | header                                   |
        | X-Dev-User-Id with the number 1          |
        | X-Dev-User-Id with the number 2147483647 |
        | X-Dev-External-Id with 1 character       |
        | X-Dev-External-Id with 128 characters    |

  @AC-8
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
