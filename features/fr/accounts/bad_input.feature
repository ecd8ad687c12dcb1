# language: fr
Fonctionnalité: Saisies erronées sur les comptes
  Un formulaire dont un champ est invalide est refusé avec le nom de ce champ, et aucun compte n'est créé.

  @AC-5
  Règle: Un champ invalide d'une inscription ou d'une connexion est nommé, et rien ne change

    Plan du scénario: <quoi>
      Étant donné que Grace a un thème natal
      Quand Ada envoie <quoi>
      Alors Ada apprend que le champ "<champ>" est incorrect
      Et rien d'autre n'a changé
      Et le serveur va bien

      Exemples: inscriptions
        | quoi                                              | champ    |
        | un compte sans adresse                            | email    |
        | un compte dont l'adresse n'a pas d'arobase        | email    |
        | un compte dont l'adresse a deux lignes            | email    |
        | un compte dont l'adresse contient un NUL          | email    |
        | un compte dont le mot de passe a 11 caractères    | password |
        | un compte dont le mot de passe est une liste      | password |
        | un compte dont le titulaire serait administrateur | is_admin |

      @cost.seconds
      Exemples: inscriptions, suite
        | quoi                                            | champ    |
        | un compte dont l'adresse est vide               | email    |
        | un compte dont l'adresse contient un blanc      | email    |
        | un compte dont l'adresse est un nombre          | email    |
        | un compte dont l'adresse est nulle              | email    |
        | un compte dont l'adresse a 255 caractères       | email    |
        | un compte sans mot de passe                     | password |
        | un compte dont le mot de passe est vide         | password |
        | un compte dont le mot de passe a 257 caractères | password |
        | un compte dont le mot de passe est un nombre    | password |
        | un compte dont le mot de passe contient un NUL  | password |
        | un compte dont le numéro est choisi             | id       |

      Exemples: connexions
        | quoi                                                | champ    |
        | une connexion sans adresse                          | username |
        | une connexion dont l'adresse contient un NUL        | username |
        | une connexion dont le mot de passe a 257 caractères | password |

      @cost.seconds
      Exemples: connexions, suite
        | quoi                                          | champ    |
        | une connexion dont l'adresse a 255 caractères | username |
        | une connexion sans mot de passe               | password |

  @AC-5
  Règle: Ce qui est illisible est refusé, et rien ne change

    Plan du scénario: <quoi>
      Étant donné que Grace a un thème natal
      Quand Ada envoie <quoi>
      Alors Ada est refusée avec <statut> "<mots>"
      Et rien d'autre n'a changé
      Et le serveur va bien

      Exemples:
        | quoi                             | statut | mots                     |
        | un compte coupé                  | 400    | not well-formed JSON     |
        | un compte en forme de liste      | 422    | Expected `object`        |
        | un compte envoyé en texte simple | 415    | must be application/json |
        | une connexion de 21 champs       | 400    | not a well-formed form   |

      @cost.seconds
      Exemples: suite
        | quoi                                 | statut | mots                                      |
        | un compte vide                       | 400    | not well-formed JSON                      |
        | un compte imbriqué 20000 fois        | 422    | more than 32 levels deep                  |
        | une connexion qui n'est pas du texte | 400    | not a well-formed form                    |
        | une connexion sous une autre forme   | 415    | must be application/x-www-form-urlencoded |
