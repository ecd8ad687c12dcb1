Feature: Real return dates
  The dates come from where the Moon really is, worked out on the spot: no network, no key. The expected instants below
  were computed with skyfield and the DE421 ephemeris of JPL; a test keeps them true.

  @LR-12 @target.inprocess
  Rule: Return instants agree with an independent ephemeris within 120 seconds, and so does the sky

    Scenario Outline: born <born>, on <today>
      Given today is "<today>"
      And Ada was born at "<born>"
      When Ada asks for the current return
      Then Ada's return date is "<expected>", give or take 120 seconds
      And Ada is answered with the sky "<sky>"
      And Ada has returns for 12 consecutive months
      And nothing else was changed

      Examples:
        | born                      | today      | expected             | sky                                                                                |
        | 1940-02-29T23:15:00+00:00 | 2020-01-15 | 2019-12-24T07:30:34Z | Moon in Sagittarius, house 1, Sagittarius rising, Venus sextile 3.57               |
        | 1955-02-24T19:15:00-08:00 | 2023-07-01 | 2023-06-12T02:52:23Z | Moon in Aries, house 12, Taurus rising, Venus trine 1.7, Mars trine 5.28           |
        | 1969-07-20T20:17:40+00:00 | 2026-11-22 | 2026-11-06T05:10:43Z | Moon in Libra, house 1, Libra rising, Saturn opposition 1.09                       |
        | 1984-06-14T08:20:00+02:00 | 2028-02-29 | 2028-02-19T23:29:27Z | Moon in Capricorn, house 3, Scorpio rising, Sun sextile 0.55, Mars sextile 5.95    |
        | 2000-01-01T00:00:00+13:00 | 2031-05-10 | 2031-05-06T01:22:11Z | Moon in Scorpio, house 10, Aquarius rising, Venus trine 2.02, Jupiter sextile 2.38 |
        | 2020-12-21T18:20:00+05:30 | 2035-12-01 | 2035-11-11T09:58:10Z | Moon in Pisces, house 4, Sagittarius rising, Mars conjunction 2.89                 |
