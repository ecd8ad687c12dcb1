Feature: Real return dates
  The dates come from where the Moon really is, worked out on the spot: no network, no key. The expected instants below
  were computed with skyfield and the DE421 ephemeris of JPL; a test keeps them true.

  @LR-12 @target.inprocess
  Rule: Return instants agree with an independent ephemeris within 120 seconds

    Scenario Outline: born <born>, on <today>
      Given today is "<today>"
      And Ada was born at "<born>"
      When Ada asks for the current return
      Then Ada's return date is "<expected>", give or take 120 seconds
      And Ada has returns for 12 consecutive months
      And nothing else was changed

      Examples:
        | born                      | today      | expected             |
        | 1940-02-29T23:15:00+00:00 | 2020-01-15 | 2019-12-24T07:30:34Z |
        | 1955-02-24T19:15:00-08:00 | 2023-07-01 | 2023-06-12T02:52:23Z |
        | 1969-07-20T20:17:40+00:00 | 2026-11-22 | 2026-11-06T05:10:43Z |
        | 1984-06-14T08:20:00+02:00 | 2028-02-29 | 2028-02-19T23:29:27Z |
        | 2000-01-01T00:00:00+13:00 | 2031-05-10 | 2031-05-06T01:22:11Z |
        | 2020-12-21T18:20:00+05:30 | 2035-12-01 | 2035-11-11T09:58:10Z |
