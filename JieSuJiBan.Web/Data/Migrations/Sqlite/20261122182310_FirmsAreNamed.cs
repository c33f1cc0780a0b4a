using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JieSuJiBan.Web.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FirmsAreNamed : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SubjectComplainedOf",
                table: "Cases",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SubjectKey",
                table: "Cases",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "FirmLists",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Month = table.Column<string>(type: "TEXT", maxLength: 7, nullable: false),
                    Rules = table.Column<string>(type: "TEXT", nullable: false),
                    Entries = table.Column<string>(type: "TEXT", nullable: false),
                    Editions = table.Column<string>(type: "TEXT", nullable: false),
                    ProposedBy = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    ProposedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReplyBy = table.Column<long>(type: "INTEGER", nullable: true),
                    HasChanged = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FirmLists", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "FirmRegisters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    District = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Aliases = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    Head = table.Column<byte[]>(type: "BLOB", maxLength: 32, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FirmRegisters", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Cases_District_SubjectKey_RaisedAt",
                table: "Cases",
                columns: new[] { "District", "SubjectKey", "RaisedAt" },
                filter: "\"SubjectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Cases_Subjects",
                table: "Cases",
                columns: new[] { "District", "RaisedAt", "SubjectKey", "SubjectComplainedOf", "Solved", "JoinedCount", "RedoneCount", "IsExcluded" },
                filter: "\"SubjectKey\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_FirmLists_District_Month",
                table: "FirmLists",
                columns: new[] { "District", "Month" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FirmRegisters_District",
                table: "FirmRegisters",
                column: "District",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "FirmLists");

            migrationBuilder.DropTable(
                name: "FirmRegisters");

            migrationBuilder.DropIndex(
                name: "IX_Cases_District_SubjectKey_RaisedAt",
                table: "Cases");

            migrationBuilder.DropIndex(
                name: "IX_Cases_Subjects",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "SubjectComplainedOf",
                table: "Cases");

            migrationBuilder.DropColumn(
                name: "SubjectKey",
                table: "Cases");
        }
    }
}
