# language: fr
Fonctionnalité: Quand Claude écrit autre chose
  Un modèle peut s'arrêter au milieu, refuser, ou écrire autre chose que ce qui est demandé. Une lectrice reçoit
  alors le texte écrit d'avance, et Claude est de nouveau interrogé la fois suivante ; on peut se fier à ce qui est
  enregistré.

  @LI-8
  Règle: Quatre semaines de conseils accompagnent le texte entier, et aucune les autres

    Plan du Scénario: <rapport>
      Étant donné que le service Claude va bien
      Et qu'Ada a des révolutions lunaires
      Quand Ada demande <rapport>
      Alors Ada reçoit le texte écrit par Claude
      Et Ada reçoit <conseils>
      Et rien d'autre n'a changé

      Exemples:
        | rapport              | conseils                    |
        | le rapport           | quatre semaines de conseils |
        | le climat du rapport | aucun conseil hebdomadaire  |

      @cost.seconds
      Exemples: suite
        | rapport               | conseils                    |
        | le rapport en anglais | quatre semaines de conseils |
        | l'approche du rapport | aucun conseil hebdomadaire  |

    Plan du Scénario: Claude <écriture>
      Étant donné que le service Claude <écriture>
      Et qu'Ada a des révolutions lunaires
      Quand Ada essaie de demander le rapport
      Alors Ada reçoit un bon texte de Claude
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples:
        | écriture                                  |
        | met sa réponse entre des balises de code  |
        | écrit 200 caractères                      |
        | écrit 8000 caractères                     |
        | conseille 20 caractères pour une semaine  |
        | répond par 256 Kio                        |
        | conseille 600 caractères pour une semaine |

  @LI-8 @both-databases
  Règle: Une réponse non conforme n'est jamais enregistrée, et ne fait échouer aucune demande

    Plan du Scénario: Claude <écriture>
      Étant donné que le service Claude <écriture>
      Et qu'Ada a des révolutions lunaires
      Quand Ada essaie de demander le rapport
      Alors Ada reçoit le modèle
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé

      Exemples: coupée, refusée, ou sans texte
        | écriture                   |
        | est interrompu à sa limite |
        | refuse d'écrire            |
        | envoie un texte vide       |

      @cost.seconds
      Exemples: coupée, refusée, ou sans texte, suite
        | écriture                         |
        | atteint sa limite au dernier mot |
        | s'arrête à un mot                |
        | n'envoie aucun texte             |
        | appelle un outil                 |
        | envoie deux textes               |

      Exemples: une autre forme
        | écriture                          |
        | écrit de la prose au lieu de JSON |
        | écrit un nombre pour le texte     |

      @cost.seconds
      Exemples: une autre forme, suite
        | écriture                       |
        | écrit la moitié du JSON        |
        | omet le texte                  |
        | écrit une liste                |
        | écrit null pour le texte       |
        | laisse le texte vide           |
        | laisse le texte en blanc       |
        | écrit la moitié d'un caractère |

      Exemples: un autre texte
        | écriture                    |
        | écrit 199 caractères        |
        | écrit dans une autre langue |
        | écrit du HTML               |

      @cost.seconds
      Exemples: un autre texte, suite
        | écriture                       |
        | écrit 8001 caractères          |
        | écrit un caractère de contrôle |
        | écrit un NUL                   |

      Exemples: d'autres conseils
        | écriture                                 |
        | ne donne aucun conseil hebdomadaire      |
        | conseille 19 caractères pour une semaine |

      @cost.seconds
      Exemples: d'autres conseils, suite
        | écriture                                        |
        | donne des conseils pour trois semaines          |
        | conseille dans une autre langue                 |
        | donne des conseils pour cinq semaines           |
        | donne des conseils dans une liste               |
        | nomme autrement les semaines                    |
        | laisse une semaine vide                         |
        | conseille 601 caractères pour une semaine       |
        | donne un nombre pour une semaine                |
        | écrit du HTML dans une semaine                  |
        | écrit un caractère de contrôle dans une semaine |

    Plan du Scénario: ce qui vient n'est pas un message : Claude <réponse>
      Étant donné que le service Claude <réponse>
      Et qu'Ada a des révolutions lunaires
      Quand Ada essaie de demander le rapport
      Alors Ada reçoit le modèle
      Et rien d'autre n'a changé

      Exemples:
        | réponse                          |
        | écrit 1 Mo                       |
        | diffuse sa réponse en continu    |
        | répond par une page pour humains |

      @cost.seconds
      Exemples: suite
        | réponse         |
        | répond par rien |

      @cost.seconds
      Exemples: beaucoup
        | réponse          |
        | répond par 20 Mo |

      Exemples: un octet de trop, et un autre codage
        | réponse                          |
        | répond par 256 Kio et un octet   |
        | compresse ses réponses avec gzip |

    Scénario: Claude est de nouveau interrogé la fois suivante
      Étant donné que le service Claude est interrompu à sa limite
      Et qu'Ada a des révolutions lunaires
      Et qu'Ada demande le rapport
      Et que le service Claude va de nouveau bien
      Quand Ada demande le rapport
      Alors Ada reçoit le texte écrit par Claude
      Et il y a eu 1 appel à Claude pour Ada
      Et rien d'autre n'a changé
