Feature: Development switches stay in development
  A header that lets anybody act as any user is handy on a laptop and a disaster elsewhere. The switches work in development,
  spelled exactly like this, and nowhere else.

  @LR-8
  Rule: Outside development the bypass headers are ignored, in any spelling

    Scenario Outline: <header> in <environment>
      Given a server whose environment is "<environment>"
      When somebody sends the header <header> in Ada's name
      Then somebody is refused with 401 "Say who you are"
      And nothing else was changed

      Examples:
        | environment | header            |
        | production  | X-Dev-External-Id |
        | production  | X-Dev-User-Id     |
        | production  | x-dev-external-id |
        | production  | X-DEV-USER-ID     |
        | production  | X_Dev_User_Id     |

      @cost.seconds
      Examples: more
        | environment | header            |
        | staging     | X-Dev-External-Id |
        | test        | X-Dev-User-Id     |
        | Development | X-Dev-External-Id |
        | dev         | X-Dev-External-Id |
        | not set     | X-Dev-External-Id |

    Scenario: in development the header names the user
      Given a server whose environment is "development"
      When somebody sends the header X-Dev-External-Id in Ada's name
      Then somebody is answered with Ada's natal chart
      And nothing else was changed

    @target.inprocess
    Scenario: whom the header names for the first time has the fixed natal chart
      Given today is "2026-11-22"
      And the switch DEV_AUTH_BYPASS is set to "1"
      When Ada asks for the current return
      Then Ada's return date is "2026-11-12T10:37:21Z", give or take 20 seconds
      And Ada is answered with the sky "Moon in Sagittarius, house 12, Capricorn rising, Venus sextile 2.22, Mars trine 0.98, Jupiter trine 0.42"
      And 1 welcome ran for Ada
      And Ada has returns for 12 consecutive months
      And nothing else was changed

  @LR-8 @target.process
  Rule: A server refuses to start with a dangerous switch outside development

    Scenario Outline: <switch> in <environment>
      Given a server whose environment is "<environment>"
      And the switch <switch> is set to "1"
      When a server is started
      Then it ends with exit code 64
      And it says "<switch>=1 is refused"
      And nothing else was changed

      Examples:
        | environment | switch          |
        | production  | DEV_AUTH_BYPASS |
        | production  | ALLOW_DEV_PURGE |
        | staging     | DEV_AUTH_BYPASS |

      @cost.seconds
      Examples: more
        | environment  | switch          |
        | Development  | DEV_AUTH_BYPASS |
        | development2 | ALLOW_DEV_PURGE |
        | not set      | DEV_AUTH_BYPASS |

    Scenario: a secret key that is too short
      Given a server whose environment is "production"
      And the switch SECRET_KEY is set to "short"
      When a server is started
      Then it ends with exit code 64
      And it says "SECRET_KEY must have 32 bytes or more"
      And nothing else was changed

  @LR-8
  Rule: Outside development every other switch changes nothing

    Scenario: delay and fixed ephemeris in production
      Given a server whose environment is "production"
      And the switch LUNAR_RETURNS_DEV_DELAY_MS is set to "20000"
      And the switch DEV_MOCK_EPHEMERIS is set to "1"
      And Ada has a natal chart
      When Ada asks for the current return, lengthened by 20 seconds
      Then Ada is answered in less than 10 seconds
      And Ada's return dates are not the fixed ones
      And nothing else was changed

    Scenario: delay and fixed ephemeris in development
      Given a server whose environment is "development"
      And the switch LUNAR_RETURNS_DEV_DELAY_MS is set to "300"
      And the switch DEV_MOCK_EPHEMERIS is set to "1"
      And Ada has a natal chart
      When Ada asks for the current return
      Then Ada is answered in at least 0.3 seconds
      And Ada's return dates are the fixed ones
      And nothing else was changed
