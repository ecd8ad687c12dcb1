# language: fr
Fonctionnalité: Alertes
  Une personne d'astreinte veut entendre parler d'un cache qui se remplit, que personne n'utilise ou qui n'est pas
  purgé, et de rien d'autre.

  @PC-9 @both-databases
  Règle: Chaque cache, pris séparément, déclenche une alerte au-delà de sa limite, et aucune à la limite

    Plan du Scénario: <nombre> <entrées> utilisées <fois> fois chacune, dont <expirées> expirées
      Étant donné qu'Ada a un compte
      Et que le cache contient <nombre> <entrées>, utilisées <fois> fois chacune et dont les <expirées> premières sont expirées
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit <alerte>
      Et rien d'autre n'a changé

      Exemples: moyenne de réutilisation sous 2
        | nombre | entrées            | fois | expirées | alerte                                        |
        | 3      | recherches         | 1    | 0        | une alerte de recherches trop peu réutilisées |
        | 3      | recherches         | 2    | 0        | aucune alerte                                 |
        | 3      | scores de produits | 1    | 0        | une alerte de scores trop peu réutilisés      |

      @cost.seconds
      Exemples: moyenne de réutilisation sous 2, suite
        | nombre | entrées            | fois | expirées | alerte                                        |
        | 3      | recherches         | 0    | 0        | une alerte de recherches trop peu réutilisées |
        | 3      | scores de produits | 2    | 0        | aucune alerte                                 |

      Exemples: plus de 20 % d'expirées
        | nombre | entrées            | fois | expirées | alerte                            |
        | 10     | recherches         | 2    | 2        | aucune alerte                     |
        | 10     | recherches         | 2    | 3        | une alerte de recherches expirées |
        | 10     | scores de produits | 2    | 3        | une alerte de scores expirés      |

      @cost.seconds
      Exemples: plus de 20 % d'expirées, suite
        | nombre | entrées            | fois | expirées | alerte                            |
        | 9      | recherches         | 2    | 2        | une alerte de recherches expirées |
        | 10     | scores de produits | 2    | 2        | aucune alerte                     |

      @cost.seconds
      Exemples: plus de 10 000 entrées
        | nombre | entrées            | fois | expirées | alerte                                   |
        | 10000  | recherches         | 2    | 0        | aucune alerte                            |
        | 10001  | recherches         | 2    | 0        | une alerte de recherches trop nombreuses |
        | 10000  | scores de produits | 2    | 2000     | aucune alerte                            |
        | 10001  | scores de produits | 2    | 0        | une alerte de scores trop nombreux       |

    Scénario: une moyenne juste sous 2
      Étant donné qu'Ada a un compte
      Et que le cache contient ces entrées
        | cache      | entrée   | expiration     | réutilisations |
        | recherches | search-a | dans 24 heures | 3              |
        | recherches | search-b | dans 24 heures | 1              |
        | scores     | score-a  | dans 6 heures  | 2              |
        | scores     | score-b  | dans 6 heures  | 1              |
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit une alerte de scores trop peu réutilisés
      Et rien d'autre n'a changé

    @cost.seconds
    Scénario: toutes les limites d'un cache sont dépassées
      Étant donné qu'Ada a un compte
      Et que le cache contient 10001 recherches, utilisées 1 fois chacune et dont les 2001 premières sont expirées
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit toutes les alertes de recherches
      Et rien d'autre n'a changé

  @PC-9 @both-databases
  Règle: Un cache vide ne déclenche aucune alerte

    Scénario: rien n'est là
      Étant donné qu'Ada a un compte
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit aucune alerte
      Et rien d'autre n'a changé

    Scénario: les alertes cessent avec leur raison
      Étant donné qu'Ada a un compte
      Et que le cache contient 10 recherches, utilisées 2 fois chacune et dont les 3 premières sont expirées
      Et qu'Ada demande les métriques du serveur
      Et que l'exploitant lance "cache cleanup"
      Quand Ada demande les chiffres du cache
      Alors Ada reçoit aucune alerte
      Et rien d'autre n'a changé
