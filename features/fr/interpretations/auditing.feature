# language: fr
Fonctionnalité: Auditer la migration
  Avant que l'exploitant ne se sépare de la sauvegarde, quelqu'un doit avoir regardé chaque texte. Un échantillon de
  cent trouve un texte faux une fois sur dix-sept ; cet audit les regarde tous, et nomme ce qui ne va pas.

  @LI-15 @both-databases @target.process
  Règle: L'audit réussit là où chaque texte est entier, et ne laisse rien derrière lui

    Plan du Scénario: une base qui <état>
      Étant donné un serveur dont la base <état>
      Quand l'exploitant lance "audit-lunar-migration"
      Alors la commande se termine avec le code <code>
      Et elle dit "<mots>"
      Et rien d'autre n'a changé

      Exemples:
        | état                                   | code | mots                  |
        | a été migrée                           | 0    | verdict: passed       |
        | a été migrée, et n'a pas de sauvegarde | 5    | verdict: inconclusive |

      @cost.seconds
      Exemples: suite
        | état                                       | code | mots                           |
        | est à jour                                 | 0    | verdict: passed                |
        | contient les textes de la première version | 64   | run `reference-app db upgrade` |

  @LI-15 @both-databases @target.process
  Règle: Tout ce qui ne va pas est trouvé et nommé

    Plan du Scénario: une base qui <état>
      Étant donné un serveur dont la base <état>
      Quand l'exploitant lance "audit-lunar-migration"
      Alors la commande se termine avec le code 1
      Et elle dit "<mots>"
      Et rien d'autre n'a changé

      Exemples:
        | état                                                | mots                                                                  |
        | a été migrée, et a perdu un texte                   | Leo, house 5, ascendant Virgo, version 2, fr: missing                 |
        | a été migrée, et a un texte qui diffère d'un octet  | Leo, house 5, ascendant Virgo, version 2, fr: changed (template_text) |
        | a été migrée, et a un texte dans la mauvaise langue | Leo, house 5, ascendant Virgo, version 2, fr: is under lang en        |
        | a été migrée, et accepte un texte deux fois         | a second text of the same key is taken: full                          |

      @cost.seconds
      Exemples: suite
        | état                                                | mots                                                                 |
        | a été migrée, et a un texte de trop                 | Ophiuchus, house 5, ascendant Virgo, version 2, fr: extra            |
        | a été migrée, et a un texte dans la mauvaise maison | Leo, house 5, ascendant Virgo, version 2, fr: is under moon_house 13 |
        | a été migrée, et n'a plus un index                  | ix_lunar_interpretation_templates_lookup: missing                    |
        | a été migrée, et a perdu un texte de sa sauvegarde  | backup: Leo, house 5, ascendant Virgo, version 2, fr: missing        |

  @LI-15 @target.process
  Règle: Ce qui ne diffère que dans une colonne ou un index est trouvé aussi

    Plan du Scénario: une base qui <état>
      Étant donné un serveur dont la base <état>
      Quand l'exploitant lance "audit-lunar-migration"
      Alors la commande se termine avec le code 1
      Et elle dit "<mots>"
      Et rien d'autre n'a changé

      @cost.seconds
      Exemples:
        | état                                                                           | mots                                                                                |
        | a été migrée, et a un texte avec un espace de moins à la fin                   | Leo, house 5, ascendant Virgo, version 2, fr: changed (template_text)               |
        | a été migrée, et a un texte sans ses conseils                                  | Leo, house 5, ascendant Virgo, version 2, fr: changed (weekly_advice_template)      |
        | a été migrée, et a un texte d'une autre date                                   | Leo, house 5, ascendant Virgo, version 2, fr: changed (updated_at)                  |
        | a été migrée, et a deux textes chacun dans la maison de l'autre                | Leo, house 6, ascendant Virgo, version 2, fr: changed (template_text                |
        | a été migrée, et a un index d'autres colonnes                                  | ix_lunar_interpretation_templates_lookup: is (moon_sign, moon_house), and should be |
        | a été migrée, et accepte un texte deux fois là où rien ne dit de quoi il parle | a second text of the same key is taken: focus                                       |
        | a été migrée, et a un texte deux fois                                          | Leo, house 5, ascendant Virgo, version 2, fr: there 2 times                         |
        | a été migrée, et a une autre longueur dans sa sauvegarde                       | backup: Leo, house 5, ascendant Virgo, version 2, fr: changed (length)              |
        | a été migrée, et a une sauvegarde vide                                         | backup: Leo, house 5, ascendant Virgo, version 2, fr: missing                       |
        | a été migrée, et a perdu ce que la première version a écrit                    | backup: Leo, house 5, ascendant Virgo, version 2, fr: extra                         |
