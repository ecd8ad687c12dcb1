# language: fr
Fonctionnalité: De vraies dates de retour
  Les dates viennent de la position réelle de la Lune, calculée sur place : ni réseau, ni clé. Les instants attendus
  ci-dessous ont été calculés avec skyfield et l'éphéméride DE421 du JPL ; un test veille à ce qu'ils restent vrais.

  @LR-12 @target.inprocess
  Règle: Les instants de retour s'accordent avec une éphéméride indépendante à 120 secondes près, et le ciel aussi

    Plan du scénario: née le <naissance>, demande du <jour>
      Étant donné que nous sommes le "<jour>"
      Et qu'Ada est née le "<naissance>"
      Quand Ada demande la révolution courante
      Alors la date de retour pour Ada est "<attendue>", à 120 secondes près
      Et Ada reçoit le ciel "<ciel>"
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

      Exemples:
        | naissance                 | jour       | attendue             | ciel                                                                               |
        | 1940-02-29T23:15:00+00:00 | 2020-01-15 | 2019-12-24T07:30:34Z | Moon in Sagittarius, house 1, Sagittarius rising, Venus sextile 3.57               |
        | 1955-02-24T19:15:00-08:00 | 2023-07-01 | 2023-06-12T02:52:23Z | Moon in Aries, house 12, Taurus rising, Venus trine 1.7, Mars trine 5.28           |
        | 1969-07-20T20:17:40+00:00 | 2026-11-22 | 2026-11-06T05:10:43Z | Moon in Libra, house 1, Libra rising, Saturn opposition 1.09                       |
        | 1984-06-14T08:20:00+02:00 | 2028-02-29 | 2028-02-19T23:29:27Z | Moon in Capricorn, house 3, Scorpio rising, Sun sextile 0.55, Mars sextile 5.95    |
        | 2000-01-01T00:00:00+13:00 | 2031-05-10 | 2031-05-06T01:22:11Z | Moon in Scorpio, house 10, Aquarius rising, Venus trine 2.02, Jupiter sextile 2.38 |
        | 2020-12-21T18:20:00+05:30 | 2035-12-01 | 2035-11-11T09:58:10Z | Moon in Pisces, house 4, Sagittarius rising, Mars conjunction 2.89                 |
