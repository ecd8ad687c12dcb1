Feature: Telling the concurrency check whom to ask for
  Options say as whom the command asks and how often; what is missing there may come from the environment, so that no
  password has to stand on a command line. What the command cannot do, it says before it asks anybody.

  @LR-11
  Rule: The command takes its user from options or the environment, and refuses what it cannot do

    Scenario: the password comes from the environment
      Given a server whose environment is "production"
      And the switch CHECK_PASSWORD is set to "a long enough password"
      And Ada has a natal chart
      When the concurrency check is run for Ada's address alone with 5 requests at once
      Then it ends with exit code 0
      And it says "SUCCESS"
      And 1 generation ran for Ada
      And nothing else was changed

    Scenario Outline: the environment names the user <user>
      Given the switch DEV_USER_ID is set to "<user>"
      When the concurrency check is run for the user of DEV_USER_ID with 5 requests at once
      Then it ends with exit code 0
      And it says "1. No login: <header>: <user>"
      And it says "SUCCESS"

      Examples:
        | user | header            |
        | 42   | X-Dev-User-Id     |
        | ada  | X-Dev-External-Id |

    Scenario: the password is not there
      Given a server whose environment is "production"
      And Ada has a natal chart
      When the concurrency check is run for Ada's address alone with 5 requests at once
      Then it ends with exit code 64
      And it says "--email needs --password, or CHECK_PASSWORD in the environment"
      And 0 calculations ran for Ada
      And nothing else was changed

    Scenario Outline: it is asked for what it cannot do: <options>
      Given Ada has a natal chart
      When the operator runs "check-lunar-concurrency --dev-user-id ada <options>"
      Then it ends with exit code 64
      And it says "<words>"
      And 0 calculations ran for Ada
      And nothing else was changed

      Examples:
        | options           | words                                      |
        | --concurrent 0    | Input should be greater than or equal to 1 |
        | --delay-ms -1     | Input should be greater than or equal to 0 |
        | --api-url nowhere | must be an http or https URL               |

      @cost.seconds
      Examples: more
        | options           | words                                       |
        | --concurrent 2001 | Input should be less than or equal to 2000  |
        | --delay-ms 60001  | Input should be less than or equal to 60000 |

    Scenario: nobody is named
      When the concurrency check is run for nobody with 1 requests at once
      Then it ends with exit code 64
      And it says "Say which user"
      And nothing else was changed
