Feature: Which return is the current one, and which months are made
  A person sees the return that their present cycle began with: at any hour, at the end of a month, to the microsecond. The
  fixed dates of development make this visible: each month's return is at noon (UTC) of the fifteenth.

  @LR-1 @both-databases @target.inprocess
  Rule: The months begin with the one in which the present cycle began, and its return is the current one

    Scenario Outline: first asked at <now>
      Given today is "<now>"
      And the switch DEV_MOCK_EPHEMERIS is set to "1"
      And Ada has a natal chart
      When Ada asks for the twelve months
      Then Ada is answered with the months from <first> to <last>, <first> being the current one
      And Ada has returns for 12 consecutive months
      And nothing else was changed

      Examples:
        | now                              | first   | last    |
        | 2026-11-15T11:59:59.999999+00:00 | 2026-10 | 2027-09 |
        | 2026-11-15T12:00:00+00:00        | 2026-11 | 2027-10 |
        | 2026-11-15T12:00:00.000001+00:00 | 2026-11 | 2027-10 |
        | 2026-11-30T23:59:59.999999+00:00 | 2026-11 | 2027-10 |
        | 2026-12-01T00:00:00+00:00        | 2026-11 | 2027-10 |
        | 2027-01-01T00:00:00+00:00        | 2026-12 | 2027-11 |
        | 2028-02-29T23:59:59+00:00        | 2028-02 | 2029-01 |

    Scenario: a month with two returns has the first of them
      Given today is "2026-06-30"
      And Ada has a natal chart
      When Ada asks for the twelve months
      Then Ada is answered with the months from 2026-06 to 2027-05, 2026-06 being the current one
      And Ada's return date is "2026-06-02T04:08:15Z", give or take 120 seconds
      And Ada has returns for 12 consecutive months
      And nothing else was changed

    Scenario Outline: asked again when the clock <shift>
      Given today is "2026-11-15"
      And the switch DEV_MOCK_EPHEMERIS is set to "1"
      And Ada has a natal chart
      And Ada asks for the current return
      And the clock <shift>
      When Ada tries to ask for the current return
      Then Ada's return date is "<current>", give or take 0 seconds
      And nothing else was changed

      Examples:
        | shift                           | current              |
        | goes back by 1 hour             | 2026-11-15T12:00:00Z |
        | goes forward by 1 hour          | 2026-11-15T12:00:00Z |
        | goes forward by 2591999 seconds | 2026-11-15T12:00:00Z |
        | goes forward by 720 hours       | 2026-12-15T12:00:00Z |
        | goes forward by 8015 hours      | 2027-09-15T12:00:00Z |

    Scenario Outline: the last of the twelve from <today> on has begun: the clock <shift>
      Given today is "<today>"
      And the switch DEV_MOCK_EPHEMERIS is set to "1"
      And Ada has a natal chart
      And Ada asks for the current return
      And the clock <shift>
      When Ada tries to ask for the twelve months
      Then Ada is answered with the months from <first> to <last>, <first> being the current one
      And Ada has returns for 24 consecutive months

      Examples: in October, in November and in December
        | today      | shift                      | first   | last    |
        | 2026-11-15 | goes forward by 8016 hours | 2027-10 | 2028-09 |
        | 2026-11-15 | goes forward by 8017 hours | 2027-10 | 2028-09 |
        | 2026-12-15 | goes forward by 8040 hours | 2027-11 | 2028-10 |
        | 2027-01-15 | goes forward by 8016 hours | 2027-12 | 2028-11 |

    Scenario: none of the twelve has begun, for the clock was put back
      Given today is "2026-11-15"
      And the switch DEV_MOCK_EPHEMERIS is set to "1"
      And Ada has a natal chart
      And Ada asks for the current return
      And the clock goes back by 1 hour
      When Ada tries to ask for the twelve months
      Then Ada is answered with the months from 2026-11 to 2027-10, 2026-11 being the current one
      And nothing else was changed

    Scenario: nobody has asked for three years
      Given today is "2026-11-15"
      And the switch DEV_MOCK_EPHEMERIS is set to "1"
      And Ada has a natal chart
      And Ada asks for the current return
      And 1095 days have passed
      When Ada tries to ask for the twelve months
      Then Ada is answered with the months from 2029-10 to 2030-09, 2029-10 being the current one

  @LR-1 @target.process
  Rule: Dates do not depend on where the server stands

    Scenario: a server in New York
      Given the switch TZ is set to "America/New_York"
      And the switch DEV_MOCK_EPHEMERIS is set to "1"
      And Ada has a natal chart
      When Ada asks for the current return
      Then Ada is answered with a return that has begun
      And Ada's return dates are the fixed ones
      And nothing else was changed
